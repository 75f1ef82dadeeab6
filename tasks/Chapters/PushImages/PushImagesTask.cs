using Cake.Frosting;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The base images, pushed to the registry exactly when it lacks what the machine has.</summary>
[TaskName("PushImages"), TaskDescription("Base images into the registry, exactly when it lacks what the machine has")]
[IsDependentOn(typeof(CreateRegistryTask)), IsDependentOn(typeof(BuildImagesTask)), IsDependentOn(typeof(ConfigureContainersTask)), IsDependentOn(typeof(ConfigureSparkTask))]
public sealed class PushImagesTask(Machine machine, Dss dss, ImageRegistry images) : ConvergingTask
{
    public override string? NotYet => machine?.Missing is { } unreachable ? $"images are not looked at: {unreachable}" : dss?.Missing is { } missing ? $"images are not pushed: {missing}" : null;

    public override string? LeftToPeople(Manifest manifest) => RegistryCopy.IsAzure(manifest.Names.RegistryHost) || PushedKinds.Of(manifest) is [] ? null
        : $"base images are not pushed to {manifest.Names.RegistryHost}, and nobody looks whether they are there: it is no registry of Azure, so this run has nothing to sign in with. "
        + $"They are built, and DSS is told to use that registry. After each build sign {manifest.Vm.DssUser.Name} in to it, and push them in DSS: Administration, Settings, Containerized execution, Push base images.";

    public override IEnumerable<Resource> Declare(Manifest manifest)
    {
        if (machine.Missing is not null) yield break;

        var host = manifest.Names.RegistryHost;
        var login = new RegistryLogin(machine, manifest.Vm.DssUser.Name, host, cancel => images.SignInAsync(RegistryCopy.NameOf(host), cancel));
        yield return login;

        // A registry of others has its own ways to sign in, and nobody could tell what arrived there.
        if (dss.Missing is not null || !RegistryCopy.IsAzure(host)) yield break;

        var kinds = PushedKinds.Of(manifest);
        var visit = SignsInItself(manifest) ? null : new RegistryVisit(login);
        foreach (var kind in kinds)
        {
            yield return new PushedImage(dss, new RegistryCopy(machine, images, manifest, kind, host), visit) { StandsOn = [.. Before(manifest, kinds)] };
        }
    }

    /// <summary>DSS pushes all base images at once, so all of them, and all that says where they go, come first.</summary>
    private static IEnumerable<ResourceId> Before(Manifest manifest, IReadOnlyList<BaseImageKind> kinds) =>
    [
        manifest.Names.Registry.Id,
        .. Rights(manifest).Select(grant => grant.Name.Id),
        .. kinds.Select(kind => new ResourceId("machine", "baseImage", kind.Key)),
        .. manifest.Containers.ExecutionConfigs.Select(config => Names.ExecutionConfig(config.Name)),
        .. manifest.Spark.Configs.Select(config => Names.SparkConfig(config.Name)),
    ];

    private static IEnumerable<Grant> Rights(Manifest manifest) => [new Grant(new Principals(manifest).Dss, "AcrPush", manifest.Names.Registry)];

    /// <summary>Whether each configuration says how DSS signs in before a push.</summary>
    private static bool SignsInItself(Manifest manifest) =>
        manifest.Containers.ExecutionConfigs.Select(config => config.PrePush)
            .Concat(manifest.Spark.Configs.Where(config => config.ManagedKubernetes).Select(config => config.PrePush))
            .All(before => before is not PrePush.None);
}
