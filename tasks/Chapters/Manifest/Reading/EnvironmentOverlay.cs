using System.Text.RegularExpressions;

namespace DssPipeline.Chapters;

/// <summary>What differs in one environment: a section under <c>environments</c>, a file beside the manifest, or both, the file having the last word.</summary>
internal static partial class EnvironmentOverlay
{
    public const string Key = "environments";

    /// <summary><c>deployment.yml</c> and prod make <c>deployment.prod.yml</c>; null when the name cannot be part of a file name.</summary>
    public static string? FileFor(string manifest, string environment) =>
        Name().IsMatch(environment) ? Path.ChangeExtension(manifest, $"{environment}{Path.GetExtension(manifest)}") : null;

    public static YamlMap Apply(YamlMap root, YamlMap? file, string? environment, Findings findings)
    {
        var sections = Sections(root, findings);
        foreach (var other in sections.Where(section => section.Key != environment)) CheckKeys((YamlMap)other.Value, SectionShape.Root, Spot.Root(other.Place).Key(Key, other.Place).Key(other.Key, other.Place), findings);

        var section = sections.FirstOrDefault(candidate => candidate.Key == environment)?.Value as YamlMap;
        if (environment is not null && section is null && file is null) Unknown(environment, sections, findings);

        root = root.Without(Key);
        if (section is not null) root = Overlay.Merge(root, section, SectionShape.Root);
        return file is null ? root : Overlay.Merge(root, file, SectionShape.Root);
    }

    private static IReadOnlyList<YamlEntry> Sections(YamlMap root, Findings findings)
    {
        if (root.Find(Key) is not { } entry) return [];

        var sections = (entry.Value as YamlMap)?.Entries ?? [];
        foreach (var bad in entry.Value is YamlMap ? sections.Where(section => section.Value is not YamlMap) : [entry])
        {
            findings.Add(bad.Place, Summaries.WrongType, $"{bad.Key} is no section. Under environments stand names, and under each name the keys that differ there.");
        }

        return [.. sections.Where(section => section.Value is YamlMap)];
    }

    private static void Unknown(string environment, IReadOnlyList<YamlEntry> sections, Findings findings)
    {
        var known = Nearest.First(environment, sections.Select(section => section.Key)).ToList();
        var has = known is [] ? "has none" : $"has {string.Join(", ", known)}";
        findings.Add(new Place($"--environment {environment}"), Summaries.UnknownEnvironment, $"The section environments of the manifest {has}, and beside the manifest there is no file named after it with .{environment} before its extension. Add one of the two, or name another environment.");
    }

    /// <summary>Environments that are not asked for are at least checked for misspelled keys.</summary>
    private static void CheckKeys(YamlMap map, SectionShape shape, Spot spot, Findings findings)
    {
        foreach (var entry in map.Entries)
        {
            var at = spot.Key(entry.Key, entry.Place);
            if (shape.Find(entry.Key) is not { } key) findings.Add(entry.Place, Summaries.UnknownKey, () => Binder.Unknown(shape, spot, entry.Key));
            else if (key.IsSection) foreach (var below in Below(entry.Value)) CheckKeys(below, key.Section, at, findings);
        }
    }

    private static IEnumerable<YamlMap> Below(YamlValue value) => value switch
    {
        YamlMap map => [map],
        YamlList list => list.Items.OfType<YamlMap>(),
        _ => [],
    };

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9_-]{0,40}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();
}
