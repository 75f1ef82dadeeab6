using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>A DSS project: its name, what it is for, its tags. Its mark is a local variable of its own, so it does not travel with an export.</summary>
public class Project(Dss dss, Manifest manifest, string key, ProjectSection? project) : MarkedObject(dss, manifest, Kind, key)
{
    private const string Kind = "project";

    private const string Tags = "tags";

    public Project(Dss dss, Manifest manifest, ProjectSection project)
        : this(dss, manifest, project.Key, project)
    {
    }

    public override bool HoldsData => true;

    public override Comparison Comparison => base.Comparison with { Unordered = ["/tags"] };

    protected override string Path => PathOf(Id.Name, "metadata");

    // A name or a description that people gave it stays unless the manifest says another.
    protected override JsonObject? Wish => project is null ? null : (JsonObject)Json.Of(new
    {
        label = project.Name,
        description = project.Description is { Length: > 0 } description ? description : null,
        tags = project.Tags is [] ? null : project.Tags,
    });

    private protected override DssMarks Marks => new(Dss, PathOf(Id.Name, "variables/"), "local");

    public static ResourceId IdOf(string key) => new("dss", Kind, key);

    /// <summary>A document of a project.</summary>
    internal static string PathOf(string key, string document) => $"{Dss.Path("projects", key)}/{document}";

    // Tags of others stay, so only ours are looked for.
    private protected override DssSight See(JsonObject document)
    {
        var wished = project?.Tags ?? [];
        document[Tags] = new JsonArray([.. (document[Tags] as JsonArray ?? []).Where(tag => wished.Contains($"{tag}", StringComparer.Ordinal)).Select(tag => tag?.DeepClone())]);
        return new(document);
    }

    protected override Task CreateAsync(JsonObject wish, Secret? secret, CancellationToken cancel) => Dss.PostAsync(
        "projects/",
        new JsonObject { ["projectKey"] = Id.Name, ["name"] = project!.Name ?? Id.Name, ["owner"] = project.Owner, ["settings"] = null, ["description"] = null, ["permissions"] = new JsonArray(), [Tags] = new JsonArray() },
        cancel);

    protected override void Lay(JsonObject document, JsonObject wish, Secret? secret)
    {
        var laid = Unmarked(wish);
        if (laid[Tags] is JsonArray ours) laid[Tags] = new JsonArray([.. (document[Tags] as JsonArray ?? []).Concat(ours).Select(tag => $"{tag}").Distinct(StringComparer.Ordinal).Select(tag => JsonValue.Create(tag))]);
        DssWish.Lay(document, laid);
    }

    // Data of managed datasets stays in the accounts.
    protected override async Task RemoveAsync(CancellationToken cancel) => await Dss.DeleteAsync($"{Dss.Path("projects", Id.Name)}?clearManagedDatasets=false&clearOutputManagedFolders=false&clearJobAndScenarioLogs=false&wait=true", cancel);
}
