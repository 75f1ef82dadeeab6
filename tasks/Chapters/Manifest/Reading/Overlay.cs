namespace DssPipeline.Chapters;

/// <summary>Lays one tree over another: sections merge, lists of named things merge by name, everything else is replaced, an empty value takes a key away.</summary>
internal static class Overlay
{
    public static YamlMap Merge(YamlMap under, YamlMap over, SectionShape? shape)
    {
        foreach (var entry in over.Entries)
        {
            under = PlainScalar.IsNull(entry.Value) ? under.Without(entry.Key) : under.With(Merge(under.Find(entry.Key), entry, shape?.Find(entry.Key)));
        }

        return under;
    }

    private static YamlEntry Merge(YamlEntry? under, YamlEntry over, KeyShape? key) => (under?.Value, over.Value) switch
    {
        (YamlMap below, YamlMap above) => under! with { Value = Merge(below, above, key is { IsSection: true } ? key.Section : null) },
        (YamlList below, YamlList above) when key is { IsSection: true, Section.Identity: { } identity } => under! with { Value = Merge(below, above, key.Section, identity.Name) },
        _ => over,
    };

    private static YamlList Merge(YamlList under, YamlList over, SectionShape shape, string identity)
    {
        List<YamlValue> items = [.. under.Items];
        foreach (var item in over.Items)
        {
            var twin = items.FindIndex(candidate => Name(candidate, identity) is { } name && name == Name(item, identity));
            if (twin < 0) items.Add(item);
            else items[twin] = Merge((YamlMap)items[twin], (YamlMap)item, shape);
        }

        return under with { Items = items };
    }

    public static string? Name(YamlValue item, string identity) => ((item as YamlMap)?.Find(identity)?.Value as YamlText)?.Text;
}
