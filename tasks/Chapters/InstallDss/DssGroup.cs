using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>A group of DSS users and its rights. Rights that the manifest does not name are left as they are.</summary>
public sealed class DssGroup(Dss dss, Manifest manifest, DssGroupSection group) : MarkedObject(dss, manifest, Kind, group.Name)
{
    private const string Kind = "group";

    protected override string Path => Dss.Path("admin", "groups", group.Name);

    protected override JsonObject Wish => DssWish.With((JsonObject)Json.Of(new { description = group.Description is { Length: > 0 } description ? description : null, admin = group.Admin }), group.Rights);

    /// <summary>Those of the groups that the manifest makes; the others are there already.</summary>
    public static IReadOnlyList<ResourceId> Of(Manifest manifest, IEnumerable<string> names) =>
        [.. names.Where(name => manifest.Dss.Groups.Any(group => group.Name == name)).Distinct(StringComparer.Ordinal).Select(name => new ResourceId("dss", Kind, name))];

    private protected override DssSight See(JsonObject document) => new(document);

    // What a group may do is taken only by the change that follows.
    protected override Task CreateAsync(JsonObject wish, Secret? secret, CancellationToken cancel) =>
        Dss.PostAsync("admin/groups/", Json.Of(new { name = group.Name, description = group.Description, sourceType = "LOCAL" }), cancel);

    protected override void Lay(JsonObject document, JsonObject wish, Secret? secret) => DssWish.Lay(document, Unmarked(wish));

    protected override Task RemoveAsync(CancellationToken cancel) => Dss.DeleteAsync(Path, cancel);
}
