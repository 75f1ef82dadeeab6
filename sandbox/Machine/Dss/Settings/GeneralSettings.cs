using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>The general settings: one document, replaced as a whole by whoever writes last.</summary>
internal sealed class GeneralSettings(DssInstance dss)
{
    private const string File = "config/general-settings.json";

    public IEnumerable<DssRoute> Routes =>
    [
        new("GET", "admin/general-settings", _ => DssAnswer.Of(dss.Secrets.Show(Document, IsSecret))),
        new("PUT", "admin/general-settings", Put),
    ];

    /// <summary>All of it, with the defaults, its secrets encrypted.</summary>
    public JsonObject Document => Shape.Fit(dss.Data.Read(File) as JsonObject ?? [], dss.Habits);

    /// <summary>Whether execution configurations name an image build configuration, as from DSS 15 on.</summary>
    public bool IsSplit => System.Version.Parse(dss.Data.Version).Major >= 15;

    private DssShape Shape => DssShape.Read("general-settings", IsSplit ? "general-settings-15" : "general-settings-14");

    private DssAnswer Put(DssCall call)
    {
        var fresh = Shape.Fit(call.Object, dss.Habits);
        if (IsSplit) CheckBuilds(fresh);
        dss.Secrets.Take(fresh, Document, IsSecret);
        dss.Data.Write(File, fresh);
        return DssAnswer.Empty;
    }

    // The one refusal that DSS 15 was seen to give.
    private static void CheckBuilds(JsonObject settings)
    {
        var known = Dotted.Items(settings, "containerSettings.buildConfigs").Select(build => Dotted.Text(build, "name")).ToHashSet(StringComparer.Ordinal);
        var named = Dotted.Items(settings, "containerSettings.executionConfigs").Select(config => Dotted.Text(config, "imageBuildConfig"));
        if (named.Any(name => !string.IsNullOrEmpty(name) && !known.Contains(name))) throw DssRefusal.Invalid("One of the container execution configurations references an unknown image build configuration.");
    }

    private static bool IsSecret(JsonObject parent, string name) => name == "value" && parent["secret"] is JsonValue flag && flag.TryGetValue<bool>(out var secret) && secret;
}
