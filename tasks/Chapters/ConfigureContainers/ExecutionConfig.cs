using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>A containerized execution configuration of type Kubernetes.</summary>
/// <param name="section">What the manifest says of it; null when it must not exist.</param>
public sealed class ExecutionConfig(Dss dss, Vault vault, Manifest manifest, string name, ExecutionConfigSection? section)
    : SettingsEntry(dss, manifest, Names.ExecutionConfig(name).Kind, name)
{
    protected override string List => "/containerSettings/executionConfigs";

    protected override JsonObject Template => section is null ? [] : new ExecutionConfigWish(Manifest, section).Template;

    protected override JsonObject? Wish
    {
        get
        {
            if (section is null) return null;

            var wish = new ExecutionConfigWish(Manifest, section).Wish;
            wish["properties"] = Entries(section.Properties);
            return DssWish.With(wish, section.Settings);
        }
    }

    protected override IReadOnlyList<SecretEntrySection> Secrets => section?.SecretProperties ?? [];

    // Code that relies on the default would look for what is gone.
    protected override void Release(JsonObject document)
    {
        if (document["containerSettings"] is JsonObject containers && $"{containers["defaultExecutionConfig"]}" == Id.Name) containers["defaultExecutionConfig"] = "";
    }

    protected override Task<Secret> RevealAsync(SecretEntrySection entry, CancellationToken cancel) =>
        new Revealing(vault).RevealAsync(entry.Value, $"containers.executionConfigs[{Id.Name}].secretProperties[{entry.Key}].value", cancel);
}
