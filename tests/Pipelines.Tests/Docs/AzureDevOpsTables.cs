using System.Text.Json.Nodes;

namespace DssPipeline.Pipelines.Tests;

/// <summary>The tables of docs/azure-devops.md, made from task.json and the templates.</summary>
internal static class AzureDevOpsTables
{
    private static readonly IReadOnlyList<string> Templates = [.. Directory.GetFiles(TaskFiles.Templates, "*.yml").Order(StringComparer.Ordinal)];

    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["inputs"] = MarkdownTable.Of(["input", "what it says", "default"], TaskFiles.Inputs.Select(input => (IEnumerable<string>)[MarkdownTable.Code($"{input["name"]}"), MarkdownTable.Text(input["helpMarkDown"]), Default(input["defaultValue"])])),
        ["outputs"] = MarkdownTable.Of(["output", "what it says"], TaskFiles.Json["OutputVariables"]!.AsArray().Select(output => (IEnumerable<string>)[MarkdownTable.Code($"{output!["name"]}"), MarkdownTable.Text(output["description"])])),
        ["templates"] = MarkdownTable.Of(["template", "what it does"], Templates.Select(file => (IEnumerable<string>)[MarkdownTable.Code(Verb(file)), Words(file)])),
        ["template-parameters"] = MarkdownTable.Of(["parameter", "what it says", "type", "default", "of"], Parameters()),
    };

    private static IEnumerable<IEnumerable<string>> Parameters() => Templates
        .SelectMany(file => PipelineYaml.Load(file)["parameters"]!.AsArray().Select(parameter => (Parameter: parameter!.AsObject(), Verb: Verb(file))))
        .GroupBy(one => $"{one.Parameter["name"]}", StringComparer.Ordinal)
        .Select(same => (IEnumerable<string>)[
            MarkdownTable.Code(same.Key),
            MarkdownTable.Text(same.First().Parameter["displayName"]),
            $"{same.First().Parameter["type"]}",
            same.First().Parameter.ContainsKey("default") ? Default(same.First().Parameter["default"]) : "required",
            same.Count() == Templates.Count ? "all" : string.Join(", ", same.Select(one => one.Verb))]);

    private static string Words(string file) =>
        string.Join(' ', File.ReadAllLines(file).TakeWhile(line => line.StartsWith("# ", StringComparison.Ordinal)).Select(line => line[2..]));

    private static string Verb(string file) => Path.GetFileNameWithoutExtension(file);

    private static string Default(JsonNode? value) => value switch
    {
        null => "empty",
        JsonArray { Count: 0 } => "none",
        JsonArray list => string.Join("; ", list.Select(Default)),
        JsonObject map => string.Join(", ", map.Select(pair => MarkdownTable.Code($"{pair.Key}: {pair.Value}"))),
        _ => $"{value}" is { Length: > 0 } text ? MarkdownTable.Code(text) : "empty",
    };
}
