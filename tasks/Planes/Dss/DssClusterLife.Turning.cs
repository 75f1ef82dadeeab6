namespace DssPipeline.Planes;

/// <summary>The two turns of a cluster's life.</summary>
public sealed partial class DssClusterLife
{
    private const int Attempts = 3;

    /// <summary>Starts it, unless it runs or is being started: then that is followed. It is asked for once; who wants to try again looks first.</summary>
    /// <returns>RUNNING, or else NONE with what DSS says about it.</returns>
    public async Task<DssClusterStatus> StartAsync(CancellationToken cancel)
    {
        var before = await StatusAsync(cancel) ?? throw dss.ClusterFailed("ClusterGone", id, "it was removed meanwhile");
        if (before.State is DssClusterStatus.Running) return before;
        // A start that somebody else began, a run that died for one, is not asked for again.
        if (before.State is DssClusterStatus.Starting) return await SettledAsync(cancel);
        if (before.State is DssClusterStatus.Stopping && await SettledAsync(cancel) is { State: DssClusterStatus.Running } back) return back;

        var (refusal, isHeard) = await AskAsync("start", DssClusterStatus.Running, cancel);
        if (!isHeard) return await AfterSilenceAsync(before, cancel);

        var after = await SettledAsync(cancel);
        return after.State is DssClusterStatus.Running ? after : after with { Error = refusal ?? after.Error };
    }

    /// <summary>Stops it and waits until it has; what the plugin made in Azure is removed by that.</summary>
    /// <param name="stop">Whether DSS is to forget it also when the plugin cannot stop it, because it is gone.</param>
    public async Task StopAsync(DssStop stop, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await StatusAsync(cancel) is null) return;
            if ((await SettledAsync(cancel)).State is DssClusterStatus.None) return;

            var (refusal, isHeard) = await AskAsync($"stop?terminate=False&forceStop={stop is DssStop.Forced}", DssClusterStatus.None, cancel);
            var after = isHeard ? await SettledAsync(cancel) : await AfterSilenceAsync(await SettledAsync(cancel), cancel);
            if (after.State is DssClusterStatus.None) return;
            if (isHeard || attempt == Attempts) throw dss.ClusterFailed("ClusterStopFailed", id, refusal ?? after.Error ?? "DSS does not say why it still runs.");
        }
    }

    /// <summary>The answer got lost. The request may have arrived all the same, or still be on its way; then the state moves, or an error appears that was not there before.</summary>
    private async Task<DssClusterStatus> AfterSilenceAsync(DssClusterStatus before, CancellationToken cancel)
    {
        var known = await UntilAsync(status => status.State != before.State || status.Error != before.Error, Waits.Grace, cancel);
        var settled = known.IsMoving ? await SettledAsync(cancel) : known;
        return settled with { IsUnheard = true };
    }
}

/// <summary>How far DSS goes to stop a cluster.</summary>
public enum DssStop
{
    Plain,

    /// <summary>DSS forgets what it knows of it, whatever its plugin says.</summary>
    Forced,
}
