namespace DssPipeline.Chapters;

/// <summary>The words of schema and reference.</summary>
internal static class Words
{
    public static string Effect(Effect effect) => effect switch
    {
        Chapters.Effect.InPlace => "A change is made in place",
        Chapters.Effect.Restart => "A change restarts what it is about",
        Chapters.Effect.Refused => "Fixed at birth: a change is refused unless policy.allowReplace names the resource",
        Chapters.Effect.NewName => "A change makes a new one and leaves the old one alone",
        _ => "A change alters the run only",
    };

    /// <summary>One or two words for a column.</summary>
    public static string EffectInBrief(Effect effect) => effect switch
    {
        Chapters.Effect.InPlace => "in place",
        Chapters.Effect.Restart => "restart",
        Chapters.Effect.Refused => "refused",
        Chapters.Effect.NewName => "new one",
        _ => "run only",
    };

    public static string Type(KeyShape key) => key.Kind switch
    {
        KeyKind.List => $"list of {(key.IsSection ? "sections" : One(key))}",
        KeyKind.Map => "names with texts",
        KeyKind.Json => "keys with values",
        _ => One(key),
    };

    private static string One(KeyShape key)
    {
        if (key.IsSection) return "section";
        if (key.Type == typeof(SecretValue)) return "secret";
        if (key.Type == typeof(bool)) return "`true` or `false`";
        if (key.Type == typeof(int)) return $"whole number{Bounds(key)}";
        if (key.Type == typeof(double)) return $"number{Bounds(key)}";
        if (key.Values is not []) return string.Join(", ", key.Values.Select(value => $"`{value}`"));
        return Forms.Of(key.Key.Form) is { } rule ? $"text: {rule.Words}" : "text";
    }

    private static string Bounds(KeyShape key)
    {
        var unit = key.Key.Unit is { } name ? $" {name}" : "";
        return double.IsFinite(key.Key.Min) && double.IsFinite(key.Key.Max) ? $", {key.Key.Min} to {key.Key.Max}{unit}" : unit;
    }
}
