using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>A set of packages that dnf puts in place in one transaction. Versions are told as they are wished; what is installed beside them is nobody's business here.</summary>
public sealed class Packages(Machine machine, string set, params IReadOnlyList<Package> wished) : MachineResource(machine, "packages", set)
{
    private const string Installed = "installed";
    private const string Absent = "absent";

    /// <summary>Packages that must not be there.</summary>
    public IReadOnlyList<string> Unwanted { get; init; } = [];

    /// <summary>Streams of modules the packages come from, as <c>nodejs:20</c>.</summary>
    public IReadOnlyList<string> Streams { get; init; } = [];

    /// <summary>Repositories that are used for this set although the machine has them disabled.</summary>
    public IReadOnlyList<string> With { get; init; } = [];

    public override bool IsLong => true;

    public override string MachineLock => "dnf";

    // A slow mirror, and before it another job that holds dnf's lock.
    public override TimeSpan? Patience => TimeSpan.FromMinutes(45);

    public override JsonNode Desired
    {
        get
        {
            var wish = new JsonObject(wished.Select(package => Member(package.Name, package.Version ?? Installed)).Concat(Unwanted.Select(name => Member(name, Absent))));
            if (wished.Any(package => package.IsHeld is not null)) wish["held"] = new JsonObject(wished.Where(package => package.IsHeld is not null).Select(package => KeyValuePair.Create<string, JsonNode?>(package.Name, package.IsHeld)));
            if (Streams is not []) wish["streams"] = new JsonObject(Streams.Select(stream => Member(stream.Split(':')[0], stream.Split(':')[1])));
            return wish;
        }
    }

    public override string? Interruption(IReadOnlyList<Difference> differences) =>
        differences.Any(difference => wished.Any(package => $"/{Pointer.Escape(package.Name)}" == difference.Path) && difference.Before?.ToString() != Absent) ? Notice : null;

    protected override JobValues Asking => new()
    {
        { "install", wished.Select(package => package.Version is null ? package.Name : $"{package.Name} {package.Version}") },
        { "unwanted", Unwanted },
        { "hold", wished.Where(package => package.IsHeld is true).Select(package => package.Name) },
        { "release", wished.Where(package => package.IsHeld is false).Select(package => package.Name) },
        { "stream", Streams },
        { "with", With },
    };

    protected override JsonNode? Seen(JsonObject fact)
    {
        var there = fact["packages"] as JsonObject ?? [];
        var held = (fact["held"] as JsonArray ?? []).Select(name => name!.ToString()).ToHashSet(StringComparer.Ordinal);
        var seen = new JsonObject(wished.Select(package => Member(package.Name, Spelled(package, there[package.Name]?.ToString() ?? Absent))));
        foreach (var name in Unwanted) seen[name] = Package.WithoutEpoch(there[name]?.ToString() ?? Absent);
        seen["held"] = new JsonObject(wished.Where(package => package.IsHeld is not null).Select(package => KeyValuePair.Create<string, JsonNode?>(package.Name, held.Contains(package.Name))));
        seen["streams"] = fact["streams"]?.DeepClone();
        return seen;
    }

    private static KeyValuePair<string, JsonNode?> Member(string name, string value) => new(name, value);

    private static string Spelled(Package package, string installed) =>
        installed == Absent ? Absent
        : package.IsMetBy(installed) ? package.Version ?? Installed
        : Package.WithoutEpoch(installed);
}
