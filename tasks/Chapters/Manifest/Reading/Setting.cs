using System.Text.RegularExpressions;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>One <c>--set path=value</c>: <c>vm.size=…</c>, <c>adls[stdemo].sku=…</c>, <c>network.allowedSources[0]=…</c>.</summary>
internal sealed partial class Setting
{
    private readonly Findings findings;
    private readonly IReadOnlyList<string> steps;
    private readonly YamlValue value;
    private readonly Place place;

    private Setting(string path, string value, Findings findings)
    {
        this.findings = findings;
        place = new Place($"--set {path}");
        steps = [.. Step().Matches(path).Select(match => match.Value)];
        this.value = Parse(value);
    }

    /// <summary>The tree with the value put in.</summary>
    public static YamlMap Apply(string text, YamlMap root, Findings findings)
    {
        var border = text.IndexOf('=', StringComparison.Ordinal);
        if (border < 0 || !Path().IsMatch(text[..border]))
        {
            findings.Add(new Place($"--set {(border < 0 ? text : text[..border])}"), Summaries.BadSet, "Write --set path=value, the path with dots and items of lists by number or name in brackets: --set aks.clusters[main].tier=Standard.");
            return root;
        }

        var setting = new Setting(text[..border], text[(border + 1)..], findings);
        return (YamlMap)setting.Into(root, 0, SectionShape.Root, null);
    }

    private YamlValue Into(YamlValue? under, int depth, SectionShape? shape, KeyShape? list)
    {
        if (depth == steps.Count) return value;

        var step = steps[depth];
        return step.StartsWith('[') ? IntoItem(under, depth, step.Trim('[', ']'), list) : IntoKey(under, depth, step.TrimStart('.'), shape);
    }

    private YamlMap IntoKey(YamlValue? under, int depth, string name, SectionShape? shape)
    {
        var map = under as YamlMap ?? new YamlMap(place, []);
        var key = shape?.Find(name);
        var present = map.Find(name);
        var below = Into(present?.Value, depth + 1, key is { IsSection: true, Kind: KeyKind.One } ? key.Section : null, key is { Kind: KeyKind.List } ? key : null);
        if (depth == steps.Count - 1 && PlainScalar.IsNull(below)) return map.Without(name);

        // A value below keeps the key where the file has it; a key that this setting adds or gives a text is its own.
        return map.With(present is { Value: not YamlText } && below is not YamlText ? present with { Value = below } : new(name, place, below));
    }

    private YamlValue IntoItem(YamlValue? under, int depth, string name, KeyShape? list)
    {
        var items = (under as YamlList)?.Items ?? [];
        var identity = list is { IsSection: true } ? list.Section.Identity?.Name : null;
        var index = identity is null ? -1 : items.ToList().FindIndex(item => Overlay.Name(item, identity) == name);
        if (index < 0 && int.TryParse(name, out var number)) index = number;
        if (index < 0 || index > items.Count)
        {
            var names = identity is null ? [] : items.Select(item => Overlay.Name(item, identity)).OfType<string>().ToList();
            findings.Add(place, Summaries.BadSet, $"The list has no item {name}. It has {items.Count}{(names is [] ? "" : $": {string.Join(", ", names)}")}. Number {items.Count} would add one.");
            return under ?? new YamlList(place, []);
        }

        var below = Into(index < items.Count ? items[index] : null, depth + 1, list is { IsSection: true } ? list.Section : null, null);
        return new YamlList((under ?? value).Place, index < items.Count ? [.. items.Take(index), below, .. items.Skip(index + 1)] : [.. items, below]);
    }

    /// <summary>Lists and maps in YAML's short form; anything else is a text that takes the type its key asks for.</summary>
    private YamlValue Parse(string text)
    {
        if (text is not ['[' or '{', ..]) return new YamlText(place, text, Plain: true, Typed: false);
        try
        {
            return Untyped(new YamlReader(_ => place, findings).Read(text)!);
        }
        catch (ProblemException error)
        {
            findings.Add(place, Summaries.BadSet, error.Problems[0].Detail);
            return new YamlText(place, text, Plain: false, Typed: false);
        }
    }

    private YamlValue Untyped(YamlValue parsed) => parsed switch
    {
        YamlText text => text with { Typed = false },
        YamlList list => list with { Items = [.. list.Items.Select(Untyped)] },
        YamlMap map => map with { Entries = [.. map.Entries.Select(entry => entry with { Value = Untyped(entry.Value) })] },
        _ => parsed,
    };

    [GeneratedRegex(@"^[A-Za-z0-9_-]+(\[[^\[\]=]+\]|\.[A-Za-z0-9_-]+)*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Path();

    [GeneratedRegex(@"\[[^\[\]=]+\]|\.?[A-Za-z0-9_-]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Step();
}
