using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DssPipeline.Sandbox;

/// <summary>What a machine type offers to pods: read from its name, less what AKS keeps for itself.</summary>
internal static partial class NodeSize
{
    // GiB of memory for each core, by the first letter of the family.
    private static readonly Dictionary<char, double> MemoryPerCore = new() { ['A'] = 2, ['B'] = 4, ['D'] = 4, ['E'] = 8, ['F'] = 2, ['G'] = 14, ['H'] = 8, ['L'] = 8, ['M'] = 28, ['N'] = 7 };

    // Old names count sizes and not cores.
    private static readonly Dictionary<int, int> OldCores = new() { [1] = 1, [2] = 2, [3] = 4, [4] = 8, [5] = 16, [11] = 2, [12] = 4, [13] = 8, [14] = 16, [15] = 20 };

    // Millicores that AKS keeps on a node of so many cores.
    private static readonly (int Cores, int Kept)[] KeptCores = [(1, 60), (2, 100), (4, 140), (8, 180), (16, 260), (32, 420), (64, 740)];

    public static JsonObject Capacity(PoolFacts pool)
    {
        var (cores, memory, cards) = Read(pool.Text("vmSize") ?? "");
        return Form(pool, $"{cores}", $"{memory}Ki", cards);
    }

    public static JsonObject Allocatable(PoolFacts pool)
    {
        var (cores, memory, cards) = Read(pool.Text("vmSize") ?? "");
        var keptCores = KeptCores.LastOrDefault(row => row.Cores <= cores).Kept;
        var keptMemory = Math.Min(((20L * MaxPods(pool)) + 50) * 1024, memory / 4) + (100 * 1024);
        return Form(pool, $"{(cores * 1000) - keptCores}m", $"{memory - keptMemory}Ki", cards);
    }

    private static JsonObject Form(PoolFacts pool, string cores, string memory, int cards)
    {
        var form = new JsonObject
        {
            ["cpu"] = cores,
            ["ephemeral-storage"] = $"{(Dotted.Number(pool.Properties, "osDiskSizeGB") ?? 128) * 1024L * 1024}Ki",
            ["hugepages-1Gi"] = "0",
            ["hugepages-2Mi"] = "0",
            ["memory"] = memory,
            ["pods"] = $"{MaxPods(pool)}",
        };
        if (cards > 0) form["nvidia.com/gpu"] = $"{cards}";
        return form;
    }

    private static int MaxPods(PoolFacts pool) => Dotted.Number(pool.Properties, "maxPods") ?? 30;

    private static (int Cores, long MemoryKi, int Cards) Read(string size)
    {
        var match = Name().Match(size);
        if (!match.Success) return (4, 16L * 1024 * 1024, 0);

        var (family, number) = (match.Groups["family"].Value.ToUpperInvariant(), int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture));
        var cores = family is "D" or "DS" && size.EndsWith("_v2", StringComparison.OrdinalIgnoreCase) ? OldCores.GetValueOrDefault(number, number) : number;
        var memory = (long)(cores * MemoryPerCore.GetValueOrDefault(family[0], 4) * 1024 * 1024);
        return (cores, memory, family[0] == 'N' ? Math.Max(1, cores / 24) : 0);
    }

    [GeneratedRegex("^Standard_(?<family>[A-Za-z]+)(?<number>[0-9]+)", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Name();
}
