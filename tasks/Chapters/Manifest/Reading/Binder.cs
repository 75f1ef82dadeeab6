namespace DssPipeline.Chapters;

/// <summary>Lays YAML over a section that has its defaults, key by key, and notes every problem on the way.</summary>
internal sealed partial class Binder(Findings findings, SourceText sources)
{
    private readonly Dictionary<string, Place> places = new(StringComparer.Ordinal);

    /// <summary>Where each value was written.</summary>
    public Places Places => new(places);

    /// <summary>The section with what the map says.</summary>
    public object Section(SectionShape shape, object section, YamlMap map, Spot spot)
    {
        places.TryAdd(spot.Pointer, spot.Place);
        foreach (var entry in map.Entries)
        {
            var at = spot.Key(entry.Key, entry.Place);
            if (shape.Find(entry.Key) is not { } key) findings.Add(entry.Place, Summaries.UnknownKey, () => Unknown(shape, spot, entry.Key));
            else if (Value(key, entry.Value, Narrow(at, entry.Value), section, out var value)) key.Write(section, value);
        }

        foreach (var key in shape.Keys.Where(key => key.Required && map.Find(key.Name) is null))
        {
            findings.Spoil(spot.Key(key.Name, spot.Place), Summaries.MissingKey, Missing(key, spot));
        }

        return section;
    }

    /// <summary>Why a key is none of the section's.</summary>
    public static string Unknown(SectionShape shape, Spot spot, string written)
    {
        var names = shape.Keys.Select(key => key.Name).ToList();
        var where = spot.Path.Length == 0 ? "the manifest" : spot.Path;
        var guess = Nearest.To(written, names) is { } nearest ? $"Did you mean {nearest}? " : "";
        return $"{where} has no key {Shown(written)}. {guess}It has {string.Join(", ", names)}.";
    }

    private static string Missing(KeyShape key, Spot spot)
    {
        var example = (key.Key.Example ?? Forms.Of(key.Key.Form)?.Example) is { Length: < 50 } text ? $", such as {text}" : "";
        return $"{spot.Key(key.Name, spot.Place).Path} must be stated: {FirstSentence(key.Key.Description)} Write {Asked(key)}{example}.";
    }

    /// <summary>A value is placed where it starts; a section or a list where its key stands.</summary>
    private static Spot Narrow(Spot spot, YamlValue value) => value is YamlText ? spot with { Place = value.Place } : spot;

    private bool Value(KeyShape key, YamlValue written, Spot spot, object section, out object? value)
    {
        places[spot.Pointer] = spot.Place;
        value = null;
        if (PlainScalar.IsNull(written))
        {
            var way = key.Required ? "Write" : "Leave the key out to have its default, or write";
            findings.Spoil(spot, Summaries.EmptyValue, $"{spot.Path} has no value. {way} {Asked(key)}.");
            return false;
        }

        return key.Kind switch
        {
            KeyKind.List => List(key, written, spot, out value),
            KeyKind.Map => Map(key, written, spot, out value),
            KeyKind.Json => JsonOf(key, written, spot, out value),
            _ => One(key, written, spot, key.IsSection ? key.Read(section) : null, out value),
        };
    }

    private bool One(KeyShape key, YamlValue written, Spot spot, object? present, out object? value)
    {
        value = null;
        switch (written)
        {
            case YamlMap map when key.IsSection:
                value = Section(key.Section, present ?? key.Section.Blank(), map, spot);
                return true;
            case YamlText text when !key.IsSection:
                return Text(key, text, spot, out value);
            default:
                return Wrong(key, written, spot);
        }
    }

    private bool Wrong(KeyShape key, YamlValue written, Spot spot)
    {
        findings.Spoil(spot, Summaries.WrongType, $"{spot.Path} is {Said(key, written)}. Write {Asked(key)}.");
        return false;
    }
}
