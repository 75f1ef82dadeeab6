using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>The rules of a manifest as Azure writes them; a prefix tells them from the rules of others in the same document.</summary>
internal static class LifecycleRules
{
    public const string Prefix = "dss-pipeline-";

    private static readonly string[] BlobTypes = ["blockBlob"];

    public static System.Text.Json.Nodes.JsonNode Of(LifecycleRuleSection rule) => Json.Of(new
    {
        name = Prefix + rule.Name,
        type = "Lifecycle",
        enabled = true,
        definition = new
        {
            filters = new { blobTypes = BlobTypes, prefixMatch = rule.Prefixes is [] ? null : rule.Prefixes },
            actions = new
            {
                baseBlob = new
                {
                    tierToCool = After(rule.CoolAfterDays),
                    tierToCold = After(rule.ColdAfterDays),
                    tierToArchive = After(rule.ArchiveAfterDays),
                    delete = After(rule.DeleteAfterDays),
                },
            },
        },
    });

    private static object? After(int? days) => days is null ? null : new { daysAfterModificationGreaterThan = days };
}
