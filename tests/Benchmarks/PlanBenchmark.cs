using System.Diagnostics;
using DssPipeline.Chapters;
using DssPipeline.Convergence;
using DssPipeline.Planes;
using DssPipeline.Sandbox;
using ArmOptions = DssPipeline.Planes.ArmOptions;

namespace DssPipeline.Benchmarks;

/// <summary>How many round trips a plan takes that finds nothing to do.</summary>
internal static class PlanBenchmark
{
    private const int Rounds = 5;

    private static readonly TimeSpan RoundTrip = TimeSpan.FromMilliseconds(100);

    public static async Task<int> RunAsync(string file)
    {
        var manifest = ManifestReader.Read(file, new ReadOptions { Missing = MissingSources.StandIn });
        var folder = Directory.CreateTempSubdirectory("dss-pipeline-benchmark-");
        try
        {
            var asWished = await DeployAsync(manifest, folder.FullName);
            var (took, requests, overlapping) = await PlanAsync(manifest, folder.FullName);
            Console.WriteLine($"plan of {file} with nothing to do, {RoundTrip.TotalMilliseconds:0} ms for each request, {Environment.ProcessorCount} cores");
            Console.WriteLine($"  requests              {requests}, up to {overlapping} side by side");
            Console.WriteLine($"  time, best of {Rounds}       {took.TotalMilliseconds:0} ms");
            Console.WriteLine($"  round trips           {took / RoundTrip:0.00}");
            Console.WriteLine($"  one after the other   {requests:0.00} round trips, {requests * RoundTrip / took:0.0} times as long");
            return asWished && took / RoundTrip <= 3 ? 0 : 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<bool> DeployAsync(Manifest manifest, string folder)
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { StateFolder = folder, SubscriptionId = manifest.Azure.Subscription, OtherSubscriptions = Furnishing.OtherSubscriptions(manifest), TenantId = manifest.Azure.Tenant }, CancellationToken.None);
        var (rollout, arm) = RolloutIn(sandbox, manifest);
        await new Furnishing(arm, manifest).PlaceAsync(CancellationToken.None);
        rollout.Start(await rollout.PlanAsync(CancellationToken.None), CancellationToken.None);
        var report = await rollout.FinishAsync();
        foreach (var outcome in report.Outcomes.Where(outcome => !outcome.IsGood)) Console.Error.WriteLine($"{outcome.Id}: {outcome.Problem}");
        return report.IsGood;
    }

    private static async Task<(TimeSpan Took, int Requests, int Overlapping)> PlanAsync(Manifest manifest, string folder)
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { StateFolder = folder, SubscriptionId = manifest.Azure.Subscription, OtherSubscriptions = Furnishing.OtherSubscriptions(manifest), TenantId = manifest.Azure.Tenant, Latency = Latency.Fixed(RoundTrip) }, CancellationToken.None);
        var (rollout, arm) = RolloutIn(sandbox, manifest);
        await arm.GetAsync(manifest.Names.ResourceGroup.Path, "2025-04-01", CancellationToken.None);

        var best = TimeSpan.MaxValue;
        IReadOnlyList<LoggedRequest> asked = [];
        for (var round = 0; round < Rounds; round++)
        {
            var before = sandbox.Requests.Count;
            var since = Stopwatch.GetTimestamp();
            var plan = await rollout.PlanAsync(CancellationToken.None);
            var took = Stopwatch.GetElapsedTime(since);
            if (!plan.IsEmpty) throw new InvalidOperationException(new PlanText(Style.Plain).Of(manifest.Name, plan));
            if (took < best) best = took;
            asked = [.. sandbox.Requests.Skip(before)];
        }

        return (best, asked.Count, Overlapping(asked));
    }

    private static (Rollout Rollout, Arm Arm) RolloutIn(SandboxServer sandbox, Manifest manifest)
    {
        var endpoints = new AzureEndpoints { Arm = sandbox.Endpoints.Arm, Authority = sandbox.Endpoints.Authority, CaFile = sandbox.Endpoints.CaFile };
        var signIn = new SignIn
        {
            Kind = SignInKind.ClientSecret,
            Tenant = sandbox.Endpoints.TenantId,
            ClientId = sandbox.Endpoints.ClientId,
            ClientSecret = new Secret(sandbox.Endpoints.ClientSecret),
        };
        var options = new ArmOptions { Endpoints = endpoints, Deployment = manifest.Name, Tags = manifest.Azure.Tags };
        var arm = new Arm(options, Credentials.For(signIn, endpoints, options.Redactor, TimeProvider.System), TimeProvider.System);
        var graph = new Graph([.. Contents.With(arm, TimeProvider.System).All.Select(task => Contents.PartOf(task, manifest))]);
        return (new Rollout(graph, new RolloutOptions { LookAnew = arm.LookAnew }, TimeProvider.System, new Silence()), arm);
    }

    private static int Overlapping(IReadOnlyList<LoggedRequest> requests) =>
        requests.Count == 0 ? 0 : requests.Max(one => requests.Count(one.Overlaps));

    private sealed class Silence : IProgress<Happening>
    {
        public void Report(Happening value)
        {
            // A benchmark has no audience.
        }
    }
}
