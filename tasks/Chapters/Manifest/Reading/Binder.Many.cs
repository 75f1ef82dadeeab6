using System.Text.Json.Nodes;

namespace DssPipeline.Chapters;

/// <summary>Lists, maps and what is passed on as it is.</summary>
internal sealed partial class Binder
{
    private bool List(KeyShape key, YamlValue written, Spot spot, out object? value)
    {
        value = null;
        if (written is not YamlList list) return Wrong(key, written, spot);

        var items = new List<object?>();
        for (var index = 0; index < list.Items.Count; index++)
        {
            var item = list.Items[index];
            var at = spot.Item(index, NameOf(key, item), item.Place);
            places[at.Pointer] = at.Place;
            if (PlainScalar.IsNull(item)) findings.Spoil(at, Summaries.EmptyValue, $"{at.Path} has no value. Remove the dash, or write {AskedOne(key)}.");
            else if (One(key, item, at, null, out var one)) items.Add(one);
        }

        NoDuplicates(key, list, spot);
        var array = Array.CreateInstance(key.Type, items.Count);
        for (var index = 0; index < items.Count; index++) array.SetValue(items[index], index);
        value = array;
        return true;
    }

    private static string? NameOf(KeyShape key, YamlValue item) =>
        key.IsSection && item is YamlMap map && key.Section.Identity is { } identity && map.Find(identity.Name)?.Value is YamlText { Text.Length: > 0 and < 64 } name ? name.Text : null;

    private void NoDuplicates(KeyShape key, YamlList list, Spot spot)
    {
        var seen = new Dictionary<string, Place>(StringComparer.OrdinalIgnoreCase);
        for (var index = 0; index < list.Items.Count; index++)
        {
            var name = NameOf(key, list.Items[index]) ?? (list.Items[index] as YamlText)?.Text;
            if (name is null || seen.TryAdd(name, list.Items[index].Place)) continue;

            var what = key is { IsSection: true, Section.Identity.Name: var identity } ? $"{identity} {Shown(name)}" : Shown(name);
            findings.Add(NamePlace(key, list.Items[index]), Summaries.DuplicateName, $"{spot.Path} has {what} twice, first at {seen[name]}. Names in it are unique: rename or remove one.");
        }
    }

    private static Place NamePlace(KeyShape key, YamlValue item) =>
        item is YamlMap map && key.Section.Identity is { } identity && map.Find(identity.Name) is { } entry ? entry.Value.Place : item.Place;

    private bool Map(KeyShape key, YamlValue written, Spot spot, out object? value)
    {
        value = null;
        if (written is not YamlMap map) return Wrong(key, written, spot);

        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in map.Entries)
        {
            var at = spot.Key(entry.Key, entry.Value.Place);
            places[at.Pointer] = at.Place;
            if (key.Key.Form is not Form.Text && !Forms.Accepts(key.Key.Form, entry.Key))
            {
                findings.Spoil(at with { Place = entry.Place }, Summaries.BadForm, $"{Shown(entry.Key)} is no name for {spot.Path}. Names in it must be {Forms.Of(key.Key.Form)!.Words}.");
            }
            else if (entry.Value is not YamlText text || PlainScalar.IsNull(text)) findings.Spoil(at, Summaries.WrongType, $"{at.Path} is {Said(key, entry.Value)}. Write a text.");
            else if (FreeText(key, text, at) is { } free) texts[entry.Key] = free;
        }

        value = texts;
        return true;
    }

    private bool JsonOf(KeyShape key, YamlValue written, Spot spot, out object? value)
    {
        value = written is YamlMap map ? JsonMap(key, map, spot) : null;
        return value is not null || Wrong(key, written, spot);
    }

    private JsonObject JsonMap(KeyShape key, YamlMap map, Spot spot) =>
        new(map.Entries.Select(entry => KeyValuePair.Create(entry.Key, JsonValueOf(key, entry.Value, Narrow(spot.Key(entry.Key, entry.Place), entry.Value)))));

    private JsonNode? JsonValueOf(KeyShape key, YamlValue written, Spot spot)
    {
        places[spot.Pointer] = spot.Place;
        return written switch
        {
            YamlMap map => JsonMap(key, map, spot),
            YamlList list => new JsonArray([.. list.Items.Select((item, index) => JsonValueOf(key, item, spot.Item(index, null, item.Place)))]),
            YamlText text when PlainScalar.IsNull(text) => null,
            YamlText { Plain: true } text when PlainScalar.Switch(text.Text) is { } on => on,
            YamlText { Plain: true } text when PlainScalar.Whole(text.Text) is { } whole => whole,
            YamlText { Plain: true } text when PlainScalar.Number(text.Text) is { } number => number,
            YamlText text => Filled(key, text, spot)?.Text,
            _ => null,
        };
    }
}
