using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>A file of a manifest, named as the user named it.</summary>
internal sealed record ManifestFile(string Name, string Text)
{
    /// <summary>The map at the root of the file.</summary>
    public YamlMap Parse(Findings findings)
    {
        var value = new YamlReader(mark => new(Name, (int)mark.Line, (int)mark.Column), findings).Read(ManifestText.Checked(Name, Text));
        return value switch
        {
            YamlMap map => map,
            null => throw Rootless(new(Name, 1, 1), "The file is empty."),
            var other => throw Rootless(other.Place, $"The file holds {(other is YamlList ? "a list" : "a text")} and no keys."),
        };
    }

    private static ProblemException Rootless(Place place, string found) =>
        new(new Problem(Summaries.WrongType, $"{found} A manifest starts with its keys: name, azure, vm, dss. See examples/minimal.yml.") { Place = place.ToString() });
}
