using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DssPipeline.Pipelines.Tests;

/// <summary>Expands a pipeline with its templates as Azure Pipelines does before it runs one: parameters, expressions, conditions, loops.</summary>
internal sealed partial class Expansion(IReadOnlyDictionary<string, JsonNode?> names, string folder)
{
    private const string Ours = "@dssPipeline";

    /// <summary>The stages of a pipeline that is started for a reason, such as PullRequest.</summary>
    public static IReadOnlyList<JsonObject> Stages(JsonObject pipeline, string reason, JsonObject? given = null)
    {
        var names = Parameters("the pipeline", pipeline, given ?? []);
        names["variables.Build.Reason"] = reason;
        return [.. ((JsonArray)new Expansion(names, Repository.Root).Of(pipeline["stages"])!).Select(stage => stage!.AsObject())];
    }

    /// <summary>What a template makes of parameters: its stages or its steps.</summary>
    public static JsonArray Template(string file, JsonObject given)
    {
        var template = PipelineYaml.Load(file);
        var names = Parameters(file, template, given);
        var inside = new Expansion(names, Path.GetDirectoryName(file)!);
        return (JsonArray)inside.Of(template["stages"] ?? template["steps"])!;
    }

    private static Dictionary<string, JsonNode?> Parameters(string file, JsonObject template, JsonObject given)
    {
        var declared = (template["parameters"] as JsonArray ?? []).Select(parameter => parameter!.AsObject()).ToDictionary(parameter => $"{parameter["name"]}", StringComparer.Ordinal);
        foreach (var (name, _) in given) Assert.True(declared.ContainsKey(name), $"{Path.GetFileName(file)} has no parameter {name}.");
        foreach (var (name, parameter) in declared) Assert.True(given.ContainsKey(name) || parameter.ContainsKey("default"), $"{Path.GetFileName(file)} needs the parameter {name}.");
        return declared.ToDictionary(pair => $"parameters.{pair.Key}", pair => given.ContainsKey(pair.Key) ? given[pair.Key] : pair.Value["default"], StringComparer.OrdinalIgnoreCase);
    }

    private JsonNode? Of(JsonNode? node) => node switch
    {
        JsonObject map => OfMap(map),
        JsonArray list => OfList(list),
        JsonValue text => OfText($"{text}"),
        _ => null,
    };

    private JsonObject OfMap(JsonObject map)
    {
        var made = new JsonObject();
        var taken = false;
        foreach (var (key, value) in map)
        {
            if (Directive(key) is not { } directive) made[Expression.Text(OfText(key))] = Of(value)?.DeepClone();
            else if (Takes(directive, ref taken)) Merge(made, (JsonObject)Of(value)!);
            else if (Loop().Match(directive) is { Success: true } loop) foreach (var item in Items(loop)) Merge(made, (JsonObject)With(loop.Groups["name"].Value, item).Of(value)!);
        }

        return made;
    }

    private JsonArray OfList(JsonArray list)
    {
        var made = new JsonArray();
        var taken = false;
        foreach (var item in list)
        {
            if (item is JsonObject { Count: 1 } only && Directive(only.Single().Key) is { } directive)
            {
                if (Takes(directive, ref taken)) Append(made, (JsonArray)Of(only.Single().Value)!);
                else if (Loop().Match(directive) is { Success: true } loop) foreach (var each in Items(loop)) Append(made, (JsonArray)With(loop.Groups["name"].Value, each).Of(only.Single().Value)!);
            }
            else if (item is JsonObject map && map["template"] is { } template)
            {
                Append(made, Template(FileOf($"{template}"), (JsonObject?)Of(map["parameters"]) ?? []));
            }
            else
            {
                made.Add(Of(item)?.DeepClone());
            }
        }

        return made;
    }

    private string FileOf(string template) => template.EndsWith(Ours, StringComparison.Ordinal)
        ? Path.Combine(Repository.Root, template[..^Ours.Length])
        : Path.Combine(folder, template);

    private JsonNode? OfText(string text)
    {
        if (Insertion().Match(text) is { Success: true } whole && whole.Length == text.Length) return Expression.Evaluate(whole.Groups["expression"].Value, names);
        return Insertion().Replace(text, match => Expression.Text(Expression.Evaluate(match.Groups["expression"].Value, names)));
    }

    // An else belongs to the condition before it.
    private bool Takes(string directive, ref bool taken)
    {
        if (directive.StartsWith("if ", StringComparison.Ordinal)) return taken = Expression.IsTrue(Expression.Evaluate(directive[3..], names));
        if (taken) return false;
        if (directive.StartsWith("elseif ", StringComparison.Ordinal)) return taken = Expression.IsTrue(Expression.Evaluate(directive[7..], names));
        return directive == "else";
    }

    private IEnumerable<JsonNode?> Items(Match loop) => (JsonArray)Expression.Evaluate(loop.Groups["list"].Value, names)!;

    private Expansion With(string name, JsonNode? value) => new(new Dictionary<string, JsonNode?>(names.Concat(Inside(name, value)), StringComparer.OrdinalIgnoreCase), folder);

    // The item of a loop and what it has inside.
    private static IEnumerable<KeyValuePair<string, JsonNode?>> Inside(string name, JsonNode? value) =>
        [KeyValuePair.Create(name, value), .. (value as JsonObject ?? []).Select(pair => KeyValuePair.Create($"{name}.{pair.Key}", pair.Value))];

    private static string? Directive(string key) =>
        Insertion().Match(key) is { Success: true } match && match.Length == key.Length && match.Groups["expression"].Value.Split(' ')[0] is "if" or "elseif" or "else" or "each"
            ? Insertion().Match(key).Groups["expression"].Value
            : null;

    private static void Merge(JsonObject into, JsonObject more)
    {
        foreach (var (key, value) in more) into[key] = value?.DeepClone();
    }

    private static void Append(JsonArray into, JsonArray more)
    {
        foreach (var item in more) into.Add(item?.DeepClone());
    }

    [GeneratedRegex(@"\$\{\{\s*(?<expression>.*?)\s*\}\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Insertion();

    [GeneratedRegex(@"^each (?<name>\w+) in (?<list>\S+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Loop();
}
