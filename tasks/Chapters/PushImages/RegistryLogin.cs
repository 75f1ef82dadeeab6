using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>An account of the machine that a run signed in to a registry. Wished to be absent: it is there while something is pushed, or because a run was killed meanwhile.</summary>
public sealed class RegistryLogin(Machine machine, string account, string host, Func<CancellationToken, Task<Secret>> token) : MachineResource(machine, "registryLogin", account)
{
    /// <summary>Whoever signs in or pushes goes through here alone, so nobody takes a sign-in that is in use for one that was left.</summary>
    public const string OneAtATime = "dss/pushedImages";

    public string Account => Id.Name;

    public string Host => host;

    public override string Lane => OneAtATime;

    public override string MachineLock => "registry-login";

    public override JsonNode? Desired => null;

    /// <summary>What the account had before lies aside and comes back, so nothing is lost.</summary>
    public override bool NeedsPermission => false;

    protected override JobValues Asking => new() { { "user", Account } };

    /// <summary>Plan and Drift take no lock, so they also see what a run that is pushing needs.</summary>
    public override string Interruption(IReadOnlyList<Difference> differences) =>
        $"A run that was killed left {Account} signed in to push images, unless a run is pushing at this moment. The sign-in ends, and its own settings of docker come back.";

    public override async Task<JobValues> MakingAsync(Change change, CancellationToken cancel) => change.Verb is Verb.Delete
        ? Asking
        : new() { { "user", Account }, { "host", host }, { "as", ImageRegistry.Nobody }, { "token", await token(cancel) } };

    internal Task SignInAsync(CancellationToken cancel) => Machine.MakeAsync(this, new(this, Verb.Create, null, null, []), cancel);

    internal Task SignOutAsync(CancellationToken cancel) => Machine.MakeAsync(this, new(this, Verb.Delete, null, null, []), cancel);
}
