using System.Text.Json.Nodes;
using Azure.Core;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>The Azure plane: one client for the whole run, over the authenticated pipeline of the real ARM client.</summary>
/// <remarks>Failures come out as <see cref="Convergence.ProblemException"/>; a write that has been sent is always finished, even when the run is cancelled.</remarks>
public sealed partial class Arm
{
    private readonly ArmOptions options;
    private readonly TimeProvider clock;
    private readonly ArmSender sender;
    private readonly Operations operations;
    private readonly Patience patience;
    private readonly Observations observations;
    private readonly OwnLock ownLock;

    public Arm(ArmOptions options, TokenCredential credential, TimeProvider clock)
    {
        this.options = options;
        this.clock = clock;
        sender = new ArmSender(options, credential, clock);
        operations = new Operations(sender, options, clock);
        patience = new Patience(options, clock);
        observations = new Observations(GetAsync, ListAsync);
        ownLock = new OwnLock(this, options.OwnLock);
    }

    /// <summary>Name of the deployment that everything made is tagged with.</summary>
    public string Deployment => options.Deployment;

    /// <summary>Tags of the manifest for everything that takes tags.</summary>
    public IReadOnlyDictionary<string, string> Tags => options.Tags;

    /// <summary>The clock by which it waits.</summary>
    public TimeProvider Clock => clock;

    /// <summary>The id that all requests of this run carry.</summary>
    public string Correlation => options.Correlation;

    /// <summary>The secrets of the run; whoever hands one to Azure adds it here first.</summary>
    public Redactor Redactor => options.Redactor;

    /// <summary>How much of Azure's request allowance is left, lowest seen.</summary>
    public RateLimits Limits => sender.Limits;

    /// <summary>What is there now, shared with everything else of its kind and scope; null when absent.</summary>
    public Task<JsonNode?> ObserveAsync(ArmAddress address, CancellationToken cancel) => observations.ObserveAsync(address, cancel);

    /// <summary>Refusals that name this principal are waited out for a while, because a role was granted to it a moment ago.</summary>
    public void NoteGrant(string principal) => patience.NoteGrant(principal);

    /// <summary>Everything listed together with the thing, shared as well; of things without a list nothing. Older than what was written since.</summary>
    public Task<IReadOnlyList<JsonNode>> ObserveBesideAsync(ArmAddress address, CancellationToken cancel) => observations.ObserveBesideAsync(address, cancel);

    /// <summary>Object id of whoever this run is in Azure; null when its token does not say.</summary>
    public Task<string?> CallerAsync(CancellationToken cancel) => sender.CallerAsync(cancel);

    /// <summary>Forgets everything seen, so that the next question goes to Azure.</summary>
    public void LookAnew() => observations.Forget();

    /// <summary>Waits for as long as ARM's list of a group may lag behind.</summary>
    public Task LetListCatchUpAsync(string group, CancellationToken cancel)
    {
        Tell(new Wait(group, "what others made there a moment ago to be listed", clock.GetUtcNow()));
        return Task.Delay(options.Waits.Listing, clock, cancel);
    }

    internal ProblemException Told(RemoteError error, string id) => ArmProblems.Tell(error, new ArmAddress(id, ""), options);

    internal void Tell(Wait wait) => options.Waiting?.Report(wait);
}
