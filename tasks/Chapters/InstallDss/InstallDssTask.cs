using Cake.Frosting;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>DSS itself: installed with its Hadoop and Spark libraries, upgraded in place, started, and opened to this deployment and its people.</summary>
[TaskName("InstallDss"), TaskDescription("DSS with its Hadoop and Spark libraries: installed or upgraded, started, its admin key in the vault, its groups and users")]
[IsDependentOn(typeof(PrepareVmTask))]
public sealed class InstallDssTask(Machine machine, Dss dss, Vault vault) : ConvergingTask
{
    public override string? NotYet => machine?.Missing is { } missing ? $"DSS is not installed: {missing}" : null;

    public override IEnumerable<Resource> Declare(Manifest manifest)
    {
        if (machine.Missing is not null) yield break;

        var (home, secrets) = (new DssHome(manifest), new DssSecrets(vault, manifest));
        var brought = new DssSources(machine, home, manifest);
        foreach (var source in brought.All) yield return source;

        var setup = new DssSetup(machine, home, manifest, secrets) { Sources = brought };
        foreach (var part in setup.All) yield return part;

        var running = new DssRunning(machine, dss, home, manifest, secrets) { Setup = setup };
        foreach (var part in running.All) yield return part;

        if (dss.Missing is not null) yield break;
        foreach (var group in manifest.Dss.Groups) yield return new DssGroup(dss, manifest, group);
        foreach (var user in manifest.Dss.Users) yield return new DssUser(dss, vault, manifest, user) { StandsOn = DssGroup.Of(manifest, user.Groups) };
    }

    public override IEnumerable<LeftoverSearch> Search(Manifest manifest) =>
        machine.Missing is null && dss.Missing is null
            ? ((string[])["group", "user"]).Select(kind => new DssLeftovers(manifest, kind, name => new UnwantedDssObject(dss, manifest, kind, name)))
            : [];
}
