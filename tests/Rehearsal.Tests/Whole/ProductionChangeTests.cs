using DssPipeline.Snapshots;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>The everyday changes of a deployment in production: each is planned as exactly what it is, and made.</summary>
[TakesMinutes]
public sealed class ProductionChangeTests
{
    private static readonly Dictionary<string, string> Environment = new(StringComparer.Ordinal) { ["DSS_NEXT_SECRET"] = "the next secret of the connections" };

    private static readonly (string Name, string[] Sets)[] Steps =
    [
        ("node counts", ["aks.nodePools[system].nodes=4", "aks.nodePools[work].autoscaling.max=16"]),
        ("a pool more", ["aks.nodePools[3].name=batch", "aks.nodePools[3].vmSize=Standard_D8s_v5", "aks.nodePools[3].mode=user", "aks.nodePools[3].nodes=2", "aks.clusters[aks-prod].pools[3]=batch", "aks.clusters[aks-lab].pools[2]=batch"]),
        ("a connection more", ["adls[1].connections[1].name=scratch", "adls[1].connections[1].container=scratch"]),
        ("a rotated key", ["identity.servicePrincipal.clientSecret=${env:DSS_NEXT_SECRET}"]),
        ("a renamed Spark configuration", ["spark.configs[1].name=spark-huge", "policy.allowDelete=[dss/sparkConfig/spark-large]"]),
    ];

    [Fact]
    public async Task Each_is_planned_as_what_it_is_and_made_at_once()
    {
        var (_, world) = await Production.DeployedAsync();
        using var done = world;
        var (wish, told) = (new List<string>(Production.Wish), new List<string>());

        foreach (var (name, sets) in Steps)
        {
            wish.AddRange(sets.SelectMany(set => new[] { "--set", set }));
            var made = await world.RunAsync(Environment, [.. wish]);
            told.Add($"== {name}\n\n{Told(made.Ends(0).Says("Looked again: nothing differs."))}");
        }

        var last = await world.RunAsync(Environment, [.. wish, "--target", "Plan"]);
        var proofs = await world.RunAsync(Environment, [.. wish, "--target", "Verify"]);

        last.Ends(0).Says("Nothing to do");
        Snapshot.Verify(string.Join("\n\n", told));
        Snapshot.Verify(Proven(proofs.Ends(0)), "proofs");
    }

    /// <summary>The plan that a run told before it made it, without the counts at its end, whose digest depends on the folder of the sandbox.</summary>
    private static string Told(HostRun run) => string.Join('\n', run.Lines
        .SkipWhile(line => !line.StartsWith("Plan of ", StringComparison.Ordinal)).Skip(1)
        .TakeWhile(line => !line.StartsWith("Plan: ", StringComparison.Ordinal))
        .SkipWhile(string.IsNullOrWhiteSpace));

    /// <summary>Each proof with its sign and, where it could not be tried, why; then the answer. How long they took and what was seen differ from run to run.</summary>
    private static string Proven(HostRun run) => string.Join('\n', run.Lines
        .Zip(run.Lines.Skip(1).Append(""))
        .Where(line => line.First.StartsWith("  ✓ ", StringComparison.Ordinal) || line.First.StartsWith("  ? ", StringComparison.Ordinal) || line.First.StartsWith("  × ", StringComparison.Ordinal) || line.First.StartsWith("Proven", StringComparison.Ordinal))
        .Select(line => line.First[..4] is "  ✓ " ? Untimed(line.First) : line.First[0] is ' ' ? $"{Untimed(line.First)}\n{line.Second}" : line.First));

    private static string Untimed(string line) => line[..line.LastIndexOf("  ", StringComparison.Ordinal)];
}
