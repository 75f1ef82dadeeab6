using Cake.Frosting;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>Spark on Kubernetes and the metastore in DSS.</summary>
[TaskName("ConfigureSpark"), TaskDescription("Spark in DSS: configurations that run on Kubernetes, the default, and the metastore")]
[IsDependentOn(typeof(CreateRegistryTask)), IsDependentOn(typeof(InstallDssTask))]
public sealed class ConfigureSparkTask(Dss dss, Vault vault) : ConvergingTask
{
    public override string? NotYet => dss?.Missing is { } missing ? $"nothing inside DSS is looked at: {missing}" : null;

    public override IEnumerable<Resource> Declare(Manifest manifest)
    {
        if (dss.Missing is not null) yield break;

        var configs = manifest.Spark.Configs;
        foreach (var config in configs)
        {
            var build = new ImageBuildConfig(dss, manifest, SparkConfig.BuildOf(config.Name), SparkConfig.PushOf(manifest, config), config.BuildSettings);
            if (SplitsBuilds(manifest)) yield return build;
            yield return new SparkConfig(dss, vault, manifest, config.Name, config) { StandsOn = SplitsBuilds(manifest) ? [build.Id] : [] };
        }

        if ((manifest.Spark.Default ?? (configs is [var first, ..] ? first.Name : null)) is { } chosen) yield return new SparkDefaults(dss, manifest, chosen) { StandsOn = [Names.SparkConfig(chosen)] };
        yield return new Metastore(dss, manifest);
    }

    public override IEnumerable<LeftoverSearch> Search(Manifest manifest) => dss.Missing is not null ? [] :
        [new DssLeftovers(manifest, "sparkConfig", name => new SparkConfig(dss, vault, manifest, name, null) { StandsOn = [ImageBuildConfig.IdOf(SparkConfig.BuildOf(name))] })];

    private static bool SplitsBuilds(Manifest manifest) => DssVersion.Parse(manifest.Dss.Version)!.SplitsBuilds;
}
