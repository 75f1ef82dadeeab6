using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DssPipeline.Pipelines.Tests;

/// <summary>A template expression of Azure Pipelines, as far as our templates use them; anything else fails a test.</summary>
internal sealed partial class Expression
{
    private readonly List<string> tokens;
    private readonly IReadOnlyDictionary<string, JsonNode?> names;
    private int at;

    private Expression(string text, IReadOnlyDictionary<string, JsonNode?> names) =>
        (tokens, this.names) = ([.. Token().Matches(text).Select(match => match.Value)], names);

    /// <param name="names">What may be named, such as parameters.label.</param>
    public static JsonNode? Evaluate(string text, IReadOnlyDictionary<string, JsonNode?> names)
    {
        var expression = new Expression(text, names);
        var value = expression.Value();
        return expression.at == expression.tokens.Count ? value : throw new FormatException($"Cannot read the expression: {text}");
    }

    public static bool IsTrue(JsonNode? value) => string.Equals(Text(value), "true", StringComparison.OrdinalIgnoreCase);

    public static string Text(JsonNode? value) => value?.ToString() ?? "";

    private JsonNode? Value()
    {
        var token = Next();
        if (token[0] == '\'') return token[1..^1].Replace("''", "'", StringComparison.Ordinal);
        if (char.IsAsciiDigit(token[0])) return token;
        if (at < tokens.Count && tokens[at] == "(") return Status(token) ?? Call(token, Arguments());
        var path = Path(token);
        // What a stage did not say is empty.
        return names.TryGetValue(path, out var value) ? value : path.Contains("ependencies.", StringComparison.Ordinal) ? "" : throw new FormatException($"Nobody declared {path}.");
    }

    // How the stages before went, which whoever runs them tells by these names.
    private JsonNode? Status(string function)
    {
        if (function is not ("succeeded" or "failed")) return null;

        Arguments();
        return names[function];
    }

    // variables['Build.Reason'] and variables.Build.Reason are one.
    private string Path(string first)
    {
        var path = first;
        while (at + 2 < tokens.Count && tokens[at] == "[")
        {
            path += $".{tokens[at + 1].Trim('\'')}";
            at += 3;
        }

        return path;
    }

    private List<JsonNode?> Arguments()
    {
        var found = new List<JsonNode?>();
        for (at++; tokens[at] != ")"; at += tokens[at] == "," ? 1 : 0) found.Add(Value());
        at++;
        return found;
    }

    private string Next() => at < tokens.Count ? tokens[at++] : throw new FormatException("The expression ends too early.");

    private static JsonNode? Call(string function, List<JsonNode?> given) => function switch
    {
        "eq" => Same(given[0], given[1]),
        "ne" => !Same(given[0], given[1]),
        "gt" => int.Parse(Text(given[0]), CultureInfo.InvariantCulture) > int.Parse(Text(given[1]), CultureInfo.InvariantCulture),
        "and" => given.TrueForAll(IsTrue),
        "not" => !IsTrue(given[0]),
        "canceled" => false,
        "length" => given[0] is JsonArray list ? list.Count : Text(given[0]).Length,
        "replace" => Text(given[0]).Replace(Text(given[1]), Text(given[2]), StringComparison.Ordinal),
        _ => throw new FormatException($"The function {function} is not known here."),
    };

    private static bool Same(JsonNode? one, JsonNode? other) => string.Equals(Text(one), Text(other), StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"'([^']|'')*'|[A-Za-z_][\w.]*|\d+|[()\[\],]|\S", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();
}
