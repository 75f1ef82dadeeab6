using System.Globalization;
using System.Text.RegularExpressions;

namespace DssPipeline.Chapters;

/// <summary>What YAML takes a text without quotes for (the core schema of YAML 1.2).</summary>
internal static partial class PlainScalar
{
    public static bool IsNull(YamlValue value) => value is YamlText { Plain: true, Text: "" or "~" or "null" or "Null" or "NULL" };

    public static bool? Switch(string text) => text switch
    {
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        _ => null,
    };

    public static double? Number(string text) =>
        Numeric().IsMatch(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    public static long? Whole(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Whether other readers of YAML would see something else than a text.</summary>
    public static bool IsNoText(YamlText text) =>
        text is { Plain: true, Typed: true } && (Switch(text.Text) is not null || Number(text.Text) is not null || OtherBase().IsMatch(text.Text));

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Numeric();

    [GeneratedRegex(@"^(0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OtherBase();
}
