using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace DssPipeline.Pipelines.Tests;

/// <summary>A file of Azure Pipelines as maps, lists and texts.</summary>
internal static class PipelineYaml
{
    public static JsonObject Load(string file) => Parse(File.ReadAllText(file));

    public static JsonObject Parse(string text)
    {
        var stream = new YamlStream();
        using var reader = new StringReader(text);
        stream.Load(reader);
        return (JsonObject)Of(stream.Documents.Single().RootNode)!;
    }

    private static JsonNode? Of(YamlNode node) => node switch
    {
        // Azure Pipelines knows no anchors.
        { Anchor.IsEmpty: false } => throw new FormatException($"An anchor at {node.Start}."),
        YamlMappingNode map => new JsonObject(map.Children.Select(pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, Of(pair.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Of)]),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value ?? ""),
        _ => throw new FormatException($"Something strange at {node.Start}."),
    };
}
