using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>Who may use a preset, in the two members in which DSS keeps it.</summary>
internal static class PresetUsers
{
    /// <summary>These groups; everybody when there are none.</summary>
    public static JsonObject Only(IReadOnlyList<string> groups) => (JsonObject)Json.Of(new
    {
        defaultPermission = new { use = groups is [] },
        permissions = groups.Select(group => new { group, use = true }),
    });
}
