using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>What DSS calls the type of a parameter set. Nobody publishes how it is spelled, so it is read from the settings of the plugin.</summary>
internal static class ParameterSetType
{
    /// <summary>The type; null where the plugin has no such set.</summary>
    public static string? Find(JsonObject settings, string set) =>
        In(settings, "parameterSets", "name", set, "type") ?? In(settings, "accessibleParameterSetDescs", "id", set, "elementType");

    /// <exception cref="ProblemException">The plugin has no such set.</exception>
    public static string Of(JsonObject settings, string set) => Find(settings, set) ?? throw new ProblemException(new Problem(
        "Plugin lacks a parameter set",
        $"The AKS plugin of DSS has no parameter set {set}; it has {string.Join(", ", Known(settings))}. Versions before 2.0 have connection-info only: set aks.plugin.version to a newer one, or aks.connections[].legacy to true."));

    private static string? In(JsonObject settings, string list, string key, string set, string type) =>
        (settings[list] as JsonArray ?? []).FirstOrDefault(one => one?[key]?.ToString() == set)?[type]?.ToString();

    private static IEnumerable<string> Known(JsonObject settings) =>
        (settings["accessibleParameterSetDescs"] as JsonArray ?? []).Select(one => $"{one?["id"]}").DefaultIfEmpty("none");
}
