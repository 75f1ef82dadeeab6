using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>What is written on every role assignment of a deployment, which takes no tags: whose it is, and for whom, by a name that outlives the principal's id.</summary>
public static class RoleMark
{
    public static string Of(Manifest manifest, Principal principal) => $"{Start(manifest)}{principal.Name}";

    /// <summary>Whom this deployment gave the role to; null when somebody else gave it.</summary>
    public static string? PrincipalIn(JsonNode assignment, Manifest manifest) =>
        Pointer.At(assignment, "/properties/description")?.ToString() is { } text && text.StartsWith(Start(manifest), StringComparison.Ordinal)
            ? text[Start(manifest).Length..]
            : null;

    private static string Start(Manifest manifest) => $"dss-pipeline:deployment={manifest.Name} for ";
}
