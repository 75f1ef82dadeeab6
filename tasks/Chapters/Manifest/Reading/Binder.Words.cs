namespace DssPipeline.Chapters;

/// <summary>The words of problems.</summary>
internal sealed partial class Binder
{
    /// <summary>What the key asks for, after "write".</summary>
    private static string Asked(KeyShape key) => key.Kind switch
    {
        KeyKind.List => $"a list, each item {AskedOne(key)}",
        KeyKind.Map => "names with texts under it",
        KeyKind.Json => "keys with values under it",
        _ => AskedOne(key),
    };

    private static string AskedOne(KeyShape key) => key switch
    {
        { IsSection: true, Section.Identity.Name: var identity } => $"a section with the key {identity}",
        { IsSection: true } => Needed(key.Section) is { } needed ? $"a section with {needed}" : "a section, that is keys under it",
        _ when key.Type == typeof(SecretValue) => "${env:NAME}, ${keyvault:vault/secret} or ${file:path}",
        _ when key.Type == typeof(bool) => "true or false, without quotes",
        _ when key.Type == typeof(int) => $"a whole number without quotes, {Range(key)}",
        _ when key.Type == typeof(double) => $"a number without quotes, {Range(key)}",
        { Values: not [] } => Or(key.Values),
        _ => Forms.Of(key.Key.Form)?.Words ?? "a text",
    };

    private static string? Needed(SectionShape section) => section.Keys.Where(key => key.Required).Select(key => key.Name).ToList() switch
    {
        [] => null,
        [var only] => $"the key {only}",
        var several => $"the keys {string.Join(", ", several[..^1])} and {several[^1]}",
    };

    private static string Range(KeyShape key)
    {
        var unit = key.Key.Unit is { } name ? $" {name}" : "";
        return (double.IsFinite(key.Key.Min), double.IsFinite(key.Key.Max)) switch
        {
            (true, true) => $"from {key.Key.Min} to {key.Key.Max}{unit}",
            (true, false) => $"{key.Key.Min}{unit} or more",
            (false, true) => $"{key.Key.Max}{unit} or less",
            _ => $"of any size{unit}",
        };
    }

    /// <summary>What stands there, in words.</summary>
    private static string Said(KeyShape key, YamlValue written) => written switch
    {
        YamlMap => "a section",
        YamlList => "a list",
        YamlText when key.Type == typeof(SecretValue) => "a text",
        YamlText text when PlainScalar.IsNull(text) => "empty",
        YamlText { Plain: true } text when key.Type == typeof(string) && PlainScalar.IsNoText(text) => $"{text.Text}, which YAML takes for {(PlainScalar.Switch(text.Text) is null ? "a number" : "a switch")}; in quotes, \"{text.Text}\", it is a text",
        YamlText text => $"the text {Shown(text.Text)}",
        _ => "something else",
    };

    private static string Or(IEnumerable<string> values)
    {
        List<string> all = [.. values];
        return all.Count == 1 ? all[0] : $"{string.Join(", ", all[..^1])} or {all[^1]}";
    }

    private static string FirstSentence(string text)
    {
        var sentence = text.Split(". ")[0].TrimEnd('.') + ".";
        return char.IsLower(sentence[1]) ? char.ToLowerInvariant(sentence[0]) + sentence[1..] : sentence;
    }

    /// <summary>What was written, in quotes and of a bearable length.</summary>
    private static string Shown(string text) => $"\"{Unquoted(text)}\"";

    private static string Unquoted(string text)
    {
        var line = string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
        return line.Length > 80 ? $"{line[..77]}…" : line;
    }
}
