using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using YamlDotNet.RepresentationModel;

namespace DssPipeline.Chapters.Tests;

/// <summary>A case file: a manifest, the world it meets, and the task whose plan is read.</summary>
/// <remarks>
/// <c>example</c> (minimal, reference, production) with <c>set</c> laid over it, or a whole <c>manifest</c>; <c>world: empty</c>, or else as that manifest wishes;
/// <c>before</c>: values laid over the manifest that made the world; <c>bent</c>: by resource or path, a JSON merge patch, <c>null</c> where the thing is gone;
/// <c>dss</c>: the version of a DSS that the task asks, whose document <c>general</c> is bent as <c>settings</c> says (items of lists by their names); <c>there</c>: what others put there, by path. <c>{group}</c> stands for the resource group.
/// </remarks>
internal sealed record Case(string File, JsonObject Content)
{
    public string Task => Content["task"]?.ToString() ?? System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(System.IO.Path.GetDirectoryName(File))!);

    public bool IsEmptyWorld => Content["world"]?.ToString() == "empty";

    public JsonObject Bent => Content["bent"] as JsonObject ?? [];

    /// <summary>Version of the DSS that the task asks; null when it asks none.</summary>
    public string? Dss => Content["dss"]?.ToString();

    /// <summary>What others changed in the general settings of DSS, as a merge patch.</summary>
    public JsonObject Settings => Content["settings"] as JsonObject ?? [];

    public JsonObject There => Content["there"] as JsonObject ?? [];

    /// <summary>The manifest of the case, and the one that made the world before.</summary>
    public (Manifest Now, Manifest Before) Manifests => (Read(Sets("set")), Read([.. Sets("set"), .. Sets("before")]));

    public static Case Of(string file)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(System.IO.File.ReadAllText(file)));
        return new(file, (JsonObject)Json(yaml.Documents[0].RootNode)!);
    }

    private Manifest Read(IReadOnlyList<string> sets)
    {
        var text = Content["manifest"]?.ToString() ?? System.IO.File.ReadAllText(Examples.PathOf(Content["example"]?.ToString() ?? "minimal"));
        return ManifestReader.ReadText(text, "deployment.yml", new ReadOptions { Sets = sets, Missing = MissingSources.StandIn, Variables = _ => null });
    }

    private List<string> Sets(string key) => [.. (Content[key] as JsonArray ?? []).Select(set => set!.ToString())];

    private static JsonNode? Json(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Select(pair => KeyValuePair.Create(pair.Key.ToString(), Json(pair.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Select(Json)]),
        YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain } plain => Plain(plain.Value ?? ""),
        _ => JsonValue.Create(((YamlScalarNode)node).Value),
    };

    private static JsonValue? Plain(string text) => text switch
    {
        "null" or "" => null,
        "true" or "false" => JsonValue.Create(text == "true"),
        _ when int.TryParse(text, out var number) => JsonValue.Create(number),
        _ => JsonValue.Create(text),
    };
}
