using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>The Kubernetes versions a cluster may run.</summary>
internal static class KubernetesVersions
{
    private static readonly (string Minor, string[] Patches)[] Offered =
    [
        ("1.32", ["1.32.9", "1.32.10"]), ("1.33", ["1.33.5", "1.33.6"]), ("1.34", ["1.34.1", "1.34.2"]), ("1.35", ["1.35.5", "1.35.7"]), ("1.36", ["1.36.1"]),
    ];

    public static string Default => "1.34.2";

    /// <summary>The full version a version or a minor alias stands for; null when it is not offered.</summary>
    public static string? Resolve(string version) =>
        Offered.FirstOrDefault(offer => offer.Minor == version).Patches?[^1] ?? Offered.SelectMany(offer => offer.Patches).FirstOrDefault(patch => patch == version);

    public static int Minor(string version) => int.Parse(version.Split('.')[1]);

    public static bool IsOlder(string version, string than) => new Version(version) < new Version(than);

    public static JsonObject Show() => new()
    {
        ["values"] = new JsonArray([.. Offered.Select(offer => new JsonObject
        {
            ["version"] = offer.Minor,
            ["isDefault"] = Default.StartsWith(offer.Minor, StringComparison.Ordinal),
            ["capabilities"] = new JsonObject { ["supportPlan"] = new JsonArray("KubernetesOfficial") },
            ["patchVersions"] = new JsonObject(offer.Patches.Select(patch => KeyValuePair.Create(patch, (JsonNode?)new JsonObject { ["upgrades"] = Upgrades(patch) }))),
        })]),
    };

    /// <summary>Later patches of the same minor and all of the next.</summary>
    public static JsonArray Upgrades(string from) => new([.. Offered.SelectMany(offer => offer.Patches)
        .Where(to => IsOlder(from, to) && Minor(to) <= Minor(from) + 1)
        .Select(to => (JsonNode)to)]);
}
