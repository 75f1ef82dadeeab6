using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>Texts, numbers, switches and secrets.</summary>
internal sealed partial class Binder
{
    private bool Text(KeyShape key, YamlText written, Spot spot, out object? value)
    {
        value = null;
        if (key.Type == typeof(SecretValue)) return (value = Secret(written, spot)) is not null;
        if (Filled(key, written, spot) is not { } filled) return false;
        if (filled.Absent) return StandIn(key, written, spot, out value);

        // A number or switch from elsewhere has no type of its own; in the file its quotes say that it is a text.
        var text = filled.Sourced ? written with { Text = filled.Text, Typed = false } : written with { Text = filled.Text };
        value = Typed(key, text, filled.Sourced ? written.Text : filled.Text, spot);
        return value is not null;
    }

    private object? Typed(KeyShape key, YamlText text, string shown, Spot spot)
    {
        if (key.Type == typeof(bool)) return Loose(text) && PlainScalar.Switch(text.Text) is { } on ? on : Mistyped(key, text with { Text = shown }, spot);
        if (key.Type == typeof(int)) return Loose(text) && PlainScalar.Whole(text.Text) is { } whole ? InRange(key, whole, shown, spot) is { } fits ? (int)fits : null : Mistyped(key, text with { Text = shown }, spot);
        if (key.Type == typeof(double)) return Loose(text) && PlainScalar.Number(text.Text) is { } number ? InRange(key, number, shown, spot) : Mistyped(key, text with { Text = shown }, spot);
        if (PlainScalar.IsNoText(text)) return Mistyped(key, text with { Text = shown }, spot);
        return key.Type.IsEnum ? OneOf(key, text, shown, spot) is { } name ? Enum.Parse(key.Type, name, ignoreCase: true) : null : Formed(key, text, shown, spot);
    }

    private static bool Loose(YamlText text) => text.Plain || !text.Typed;

    private object? Mistyped(KeyShape key, YamlText text, Spot spot)
    {
        Wrong(key, text, spot);
        return null;
    }

    private string? OneOf(KeyShape key, YamlText text, string shown, Spot spot)
    {
        if (key.Values.Contains(text.Text, StringComparer.Ordinal)) return text.Text;

        var nearest = Nearest.First(text.Text, key.Values);
        findings.Spoil(spot, Summaries.NotOneOf, $"{spot.Path} is {Shown(shown)}. It can be {Or(nearest)}.");
        return null;
    }

    private string? Formed(KeyShape key, YamlText text, string shown, Spot spot)
    {
        if (key.Values is not []) return OneOf(key, text, shown, spot);
        if (text.Text == key.Key.Also || Forms.Accepts(key.Key.Form, text.Text)) return text.Text;

        var rule = Forms.Of(key.Key.Form)!;
        var also = key.Key.Also is { } word ? $", or {word}" : "";
        var guess = text.Typed && Repair(key.Key.Form, text.Text) is { } repaired ? $" Did you mean {repaired}?" : "";
        findings.Spoil(spot, Summaries.BadForm, $"{spot.Path} is {Shown(shown)}. It must be {rule.Words}{also}.{guess}");
        return null;
    }

    /// <summary>A small change after which the text would keep the rule.</summary>
    private static string? Repair(Form form, string text)
    {
        var squeezed = text.Replace(" ", "", StringComparison.Ordinal);
        string[] tries = [squeezed, squeezed.ToLowerInvariant(), squeezed.ToLowerInvariant().Replace("_", "-", StringComparison.Ordinal), squeezed.ToLowerInvariant().Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal), Cidr.Corrected(text)];
        return tries.FirstOrDefault(candidate => candidate != text && Forms.Accepts(form, candidate));
    }

    private double? InRange(KeyShape key, double number, string shown, Spot spot)
    {
        if (number >= key.Key.Min && number <= key.Key.Max && (key.Type != typeof(int) || Math.Abs(number) <= int.MaxValue)) return number;

        findings.Spoil(spot, Summaries.OutOfRange, $"{spot.Path} is {Unquoted(shown)}. It can be {Range(key)}.");
        return null;
    }

    /// <summary>A text in a map of texts.</summary>
    private string? FreeText(KeyShape key, YamlText text, Spot spot)
    {
        if (PlainScalar.IsNoText(text)) findings.Spoil(spot, Summaries.WrongType, $"{spot.Path} is {Said(key, text)}.");
        else return Filled(key, text, spot)?.Text;
        return null;
    }

    /// <summary>The text with its sources filled in; null when that did not work.</summary>
    private SourceText.Filled? Filled(KeyShape key, YamlText text, Spot spot)
    {
        var filled = sources.Fill(text.Text, key.Key.Variables);
        if (filled.Trouble is { } trouble) findings.Spoil(spot, trouble.Summary, $"{spot.Path}: {trouble.Detail}");
        else if (filled.Kept is not null) findings.Spoil(spot, Summaries.VaultForSecretsOnly, $"{spot.Path} is taken from a Key Vault, but it is no secret, and plans must show it. Use ${{env:NAME}} or write the value.");
        else return filled;
        return null;
    }

    private bool StandIn(KeyShape key, YamlText written, Spot spot, out object? value)
    {
        var example = key.Key.Example ?? Forms.Of(key.Key.Form)?.Example ?? (key.Values is [var first, ..] ? first : null);
        example ??= key.Type == typeof(bool) ? "false" : key.Type == typeof(string) ? "stand-in" : $"{Math.Max(0, key.Key.Min)}";
        value = Typed(key, written with { Text = example, Typed = false }, written.Text, spot);
        return value is not null;
    }

    private SecretValue? Secret(YamlText written, Spot spot)
    {
        if (!SourceText.IsOneReference(written.Text))
        {
            findings.Spoil(spot, Summaries.PlainSecret, $"{spot.Path} is a secret and must not stand in a file. Write ${{env:NAME}}, ${{keyvault:vault/secret}} or ${{file:path}}, and change the secret if this file was shared.");
            return null;
        }

        var filled = sources.Fill(written.Text, variables: false);
        if (filled.Trouble is { } trouble) findings.Spoil(spot, trouble.Summary, $"{spot.Path}: {trouble.Detail}");
        else if (filled.Kept is { } kept) return SecretValue.In(kept);
        else if (filled.Absent) return SecretValue.StandIn(written.Text);
        else if (filled.Text.Length == 0) findings.Spoil(spot, Summaries.MissingSource, $"{spot.Path}: {written.Text} is there, but empty.");
        else return SecretValue.Of(written.Text, new Secret(filled.Text));
        return null;
    }
}
