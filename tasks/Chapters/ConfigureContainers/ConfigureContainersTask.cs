using Cake.Frosting;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>Containerized execution in DSS: on which clusters' namespaces code runs, with how much, from which images.</summary>
[TaskName("ConfigureContainers"), TaskDescription("Containerized execution in DSS: configurations with registry and limits, the default, settings laid over by hand")]
[IsDependentOn(typeof(CreateRegistryTask)), IsDependentOn(typeof(InstallDssTask))]
public sealed class ConfigureContainersTask(Dss dss, Vault vault) : ConvergingTask
{
    public override string? NotYet => dss?.Missing is { } missing ? $"nothing inside DSS is looked at: {missing}" : null;

    public override IEnumerable<Resource> Declare(Manifest manifest)
    {
        if (dss.Missing is not null) yield break;

        var configs = manifest.Containers.ExecutionConfigs;
        foreach (var config in configs)
        {
            var build = new ImageBuildConfig(dss, manifest, config.Name, new ExecutionConfigWish(manifest, config).Push, config.BuildSettings);
            if (SplitsBuilds(manifest)) yield return build;
            yield return new ExecutionConfig(dss, vault, manifest, config.Name, config) { StandsOn = [.. DssGroup.Of(manifest, config.AllowedGroups), .. SplitsBuilds(manifest) ? [build.Id] : Array.Empty<ResourceId>()] };
        }

        var defaults = new ContainerDefaults(dss, manifest) { StandsOn = [.. configs.Select(config => Names.ExecutionConfig(config.Name))] };
        // Where the manifest says nothing of a default, the one that people chose in DSS is theirs.
        if (defaults.IsStated) yield return defaults;
        // It may name what the others make.
        if (manifest.Dss.Settings is not { Count: > 0 } settings) yield break;

        var byHand = new GeneralSettings(dss, manifest) { StandsOn = defaults.IsStated ? [defaults.Id] : [] };
        yield return byHand;
        if (settings.ContainsKey(NamespacePolicies.Member)) yield return new NamespacePolicies(dss, manifest) { StandsOn = [byHand.Id] };
    }

    public override IEnumerable<LeftoverSearch> Search(Manifest manifest) => dss.Missing is not null ? [] :
    [
        new DssLeftovers(manifest, "executionConfig", name => new ExecutionConfig(dss, vault, manifest, name, null) { StandsOn = [ImageBuildConfig.IdOf(name)] }),
        new DssLeftovers(manifest, ImageBuildConfig.Kind, name => ImageBuildConfig.Unwanted(dss, manifest, name)),
    ];

    private static bool SplitsBuilds(Manifest manifest) => DssVersion.Parse(manifest.Dss.Version)!.SplitsBuilds;
}
