using System.Collections;

namespace DssPipeline.Chapters;

/// <summary>Whether every name that must name an item of another list does.</summary>
internal static class ReferenceChecks
{
    public static void Run(Manifest manifest, Findings findings) => Section(manifest, SectionShape.Root, manifest, Spot.Root(new("")), findings);

    private static void Section(Manifest manifest, SectionShape shape, object section, Spot spot, Findings findings)
    {
        foreach (var key in shape.Keys.Where(key => key.IsSection || key.Key.RefersTo is not null))
        {
            var at = spot.Key(key.Name, spot.Place);
            foreach (var (value, below) in Values(key, key.Read(section), at))
            {
                if (key.IsSection) Section(manifest, key.Section, value, below, findings);
                else if (findings.IsSound(below.Pointer)) Refer(manifest, key, (string)value, below, findings);
            }
        }
    }

    private static IEnumerable<(object Value, Spot Spot)> Values(KeyShape key, object? value, Spot spot) => (key.Kind, value) switch
    {
        (_, null) => [],
        (KeyKind.List, IEnumerable items) => items.Cast<object>().Select((item, index) => (item, spot.Item(index, NameOf(key, item), spot.Place))),
        _ => [(value, spot)],
    };

    private static string? NameOf(KeyShape key, object item) => key.IsSection ? key.Section.Identity?.Read(item) as string : null;

    private static void Refer(Manifest manifest, KeyShape key, string name, Spot spot, Findings findings)
    {
        var list = key.Key.RefersTo!;
        if (name == key.Key.Also || !findings.IsSound("/" + list.Replace('.', '/'))) return;

        var names = Names(manifest, list);
        if (names.Contains(name, StringComparer.Ordinal)) return;

        var known = names is [] ? $"{list} is empty" : $"{list} has {string.Join(", ", Nearest.First(name, names))}";
        var guess = Nearest.To(name, names) is { } nearest ? $"Did you mean {nearest}?" : $"Add it to {list}, or name another.";
        findings.Add(manifest.Places.Of(spot.Pointer), Summaries.BrokenReference, $"{spot.Path} names \"{name}\", but {known}. {guess}");
    }

    private static List<string> Names(Manifest manifest, string list)
    {
        object here = manifest;
        var shape = SectionShape.Root;
        foreach (var step in list.Split('.'))
        {
            var key = shape.Find(step)!;
            (here, shape) = (key.Read(here)!, key.Section);
        }

        return [.. ((IEnumerable)here).Cast<object>().Select(item => (string)shape.Identity!.Read(item)!)];
    }
}
