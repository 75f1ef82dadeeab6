using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Recipes of projects, in config/recipes.json: a definition and the code.</summary>
internal sealed class DssRecipes(DssInstance dss)
{
    private readonly DssShelf _kept = new(dss.Data, "config/recipes.json");

    public IEnumerable<DssRoute> Routes =>
    [
        new("GET", "projects/*/recipes", List),
        new("POST", "projects/*/recipes", Create),
        new("GET", "projects/*/recipes/*", call => DssAnswer.Of(Need(call.Name, call.Names[1]))),
        new("PUT", "projects/*/recipes/*", Replace),
        new("DELETE", "projects/*/recipes/*", Delete),
    ];

    /// <summary>The recipe that makes an output.</summary>
    public JsonObject? Of(string project, string output) => All(project)
        .FirstOrDefault(recipe => Dotted.Items(recipe, "recipe.outputs.main.items").Any(item => (string?)item["ref"] == output));

    private static string KeyOf(string project, string name) => $"{project}.{name}";

    private IEnumerable<JsonObject> All(string project) => _kept.All.Where(pair => Dotted.Text(pair.Value, "recipe.projectKey") == project).Select(pair => (JsonObject)pair.Value!.DeepClone());

    private DssAnswer List(DssCall call)
    {
        dss.Projects.Need(call.Name);
        return DssAnswer.Of(new JsonArray([.. All(call.Name).Select(recipe => recipe["recipe"]!.DeepClone())]));
    }

    private DssAnswer Create(DssCall call)
    {
        dss.Projects.Need(call.Name);
        if (call.Object["recipePrototype"]?.DeepClone() is not JsonObject recipe || (string?)recipe["type"] is null) throw DssRefusal.Invalid("A recipe needs a prototype with a type");

        var name = (string?)recipe["name"] ?? $"compute_{_kept.All.Count + 1}";
        (recipe["name"], recipe["projectKey"]) = (name, call.Name);
        recipe["params"] ??= new JsonObject { ["envSelection"] = new JsonObject { ["envMode"] = "INHERIT" }, ["containerSelection"] = new JsonObject { ["containerMode"] = "INHERIT" } };
        var fresh = new JsonObject { ["recipe"] = recipe, ["payload"] = Dotted.Text(call.Object, "creationSettings.script") ?? "" };
        if (!_kept.Add(KeyOf(call.Name, name), fresh)) throw DssRefusal.Invalid($"Recipe {name} already exists");
        return DssAnswer.Of(new JsonObject { ["name"] = name });
    }

    private DssAnswer Replace(DssCall call)
    {
        Need(call.Name, call.Names[1]);
        var fresh = (JsonObject)call.Object.DeepClone();
        if (fresh["recipe"] is not JsonObject recipe) throw DssRefusal.Invalid("A recipe needs its definition");
        (recipe["name"], recipe["projectKey"]) = (call.Names[1], call.Name);
        _kept.Put(KeyOf(call.Name, call.Names[1]), fresh);
        return DssAnswer.Of(DssMessages.None);
    }

    private DssAnswer Delete(DssCall call)
    {
        Need(call.Name, call.Names[1]);
        _kept.Remove(KeyOf(call.Name, call.Names[1]));
        return DssAnswer.Empty;
    }

    private JsonObject Need(string project, string name)
    {
        dss.Projects.Need(project);
        return _kept.Find(KeyOf(project, name)) ?? throw DssRefusal.NotFound(dss.Habits, $"Recipe not found: {project}.{name}");
    }
}
