namespace DssPipeline.Chapters;

/// <summary>A value of a YAML file with its place.</summary>
internal abstract record YamlValue(Place Place);

/// <summary>A text as it was written; <paramref name="Plain"/> without quotes, so that YAML may take it for a number or a switch.</summary>
/// <param name="Typed">False for texts of <c>--set</c>, where a shell took the quotes away.</param>
internal sealed record YamlText(Place Place, string Text, bool Plain, bool Typed = true) : YamlValue(Place);

/// <summary>Values in order.</summary>
internal sealed record YamlList(Place Place, IReadOnlyList<YamlValue> Items) : YamlValue(Place);

/// <summary>Values under keys, in order.</summary>
internal sealed record YamlMap(Place Place, IReadOnlyList<YamlEntry> Entries) : YamlValue(Place)
{
    public YamlEntry? Find(string key) => Entries.FirstOrDefault(entry => entry.Key == key);

    /// <summary>The same map with one entry put in place of its namesake, or at the end.</summary>
    public YamlMap With(YamlEntry entry) => this with
    {
        Entries = Find(entry.Key) is null
            ? [.. Entries, entry]
            : [.. Entries.Select(old => old.Key == entry.Key ? entry : old)],
    };

    public YamlMap Without(string key) => this with { Entries = [.. Entries.Where(entry => entry.Key != key)] };
}

/// <summary>A key of a map with its own place, and its value.</summary>
internal sealed record YamlEntry(string Key, Place Place, YamlValue Value);
