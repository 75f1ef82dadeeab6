using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>Whose a project is, and what the groups may do in it that the manifest names. Other groups and users keep what they have.</summary>
public sealed class ProjectPermissions(Dss dss, ProjectSection project) : ProjectPart(dss, project, "projectPermissions", "permissions")
{
    private const string List = "permissions";
    private const string Group = "group";

    // By group, as the order in the list means nothing.
    protected override JsonObject Wish => (JsonObject)Json.Of(new
    {
        owner = Section.Owner,
        permissions = new JsonObject(Section.Permissions.Select(permission => KeyValuePair.Create(permission.Group, (JsonNode?)RightsOf(permission)))),
    });

    // Items of that list have no name; the group stands for one.
    protected override JsonObject Sight(JsonObject document) => See(document);

    protected override JsonObject See(JsonObject document)
    {
        document[List] = new JsonObject(Items(document).GroupBy(item => $"{item[Group]}", StringComparer.Ordinal).Where(group => group.Key.Length > 0).Select(group => KeyValuePair.Create(group.Key, (JsonNode?)group.First().DeepClone())));
        return document;
    }

    protected override void Lay(JsonObject document, JsonObject wish)
    {
        document["owner"] = wish["owner"]?.DeepClone();
        var items = document[List] as JsonArray;
        if (items is null) document[List] = items = [];
        foreach (var (group, rights) in (JsonObject)wish[List]!)
        {
            var item = Items(document).FirstOrDefault(item => $"{item[Group]}" == group);
            if (item is null) items.Add(item = new JsonObject { [Group] = group });
            DssWish.Lay(item, (JsonObject)rights!);
        }
    }

    private static IEnumerable<JsonObject> Items(JsonObject document) => (document[List] as JsonArray ?? []).OfType<JsonObject>();

    private static JsonObject RightsOf(ProjectPermissionSection permission) => DssWish.With(
        (JsonObject)Json.Of(new
        {
            admin = permission.Admin,
            readProjectContent = permission.Read,
            writeProjectContent = permission.Write,
            runScenarios = permission.RunScenarios,
            exportDatasetsData = permission.ExportData,
        }),
        permission.Rights);
}
