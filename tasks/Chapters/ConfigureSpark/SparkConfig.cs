using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>A Spark configuration, on Kubernetes where DSS manages that.</summary>
/// <param name="section">What the manifest says of it; null when it must not exist.</param>
public sealed class SparkConfig(Dss dss, Vault vault, Manifest manifest, string name, SparkConfigSection? section)
    : SettingsEntry(dss, manifest, Names.SparkConfig(name).Kind, name)
{
    /// <summary>Name of its image build configuration, from DSS 15 on.</summary>
    public static string BuildOf(string name) => $"{name}-spark";

    protected override string List => "/sparkSettings/executionConfigs";

    protected override string SecretList => "conf";

    protected override IReadOnlyList<SecretEntrySection> Secrets => section?.SecretConf ?? [];

    protected override JsonObject? Wish
    {
        get
        {
            if (section is null) return null;

            var wish = new JsonObject { ["description"] = section.Description, ["conf"] = Entries(section.Conf), ["kubernetesSettings"] = Kubernetes(section) };
            if (Splits) wish["imageBuildConfig"] = BuildOf(section.Name);
            return DssWish.With(wish, section.Settings);
        }
    }

    internal static ImagePush PushOf(Manifest manifest, SparkConfigSection config) =>
        new(manifest, "SPARK", config.BaseImage ?? manifest.Images.Spark.Tag ?? "", config.PrePush, config.PrePushScript);

    protected override Task<Secret> RevealAsync(SecretEntrySection entry, CancellationToken cancel) =>
        new Revealing(vault).RevealAsync(entry.Value, $"spark.configs[{Id.Name}].secretConf[{entry.Key}].value", cancel);

    private bool Splits => DssVersion.Parse(Manifest.Dss.Version)!.SplitsBuilds;

    private JsonObject Kubernetes(SparkConfigSection config)
    {
        var wish = (JsonObject)Json.Of(new
        {
            managedKubernetes = config.ManagedKubernetes,
            managedNamespace = config.Namespace,
            createNamespace = config.CreateNamespace,
            ensureNamespaceCompliance = config.EnsureNamespaceCompliance,
        });
        if (!Splits) foreach (var (key, value) in PushOf(Manifest, config).Flat) wish[key] = value?.DeepClone();
        return wish;
    }
}
