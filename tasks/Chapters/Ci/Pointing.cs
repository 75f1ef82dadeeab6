using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>Finds the place in the manifest that a resource comes from: where its name is written, or else where its section begins.</summary>
public sealed class Pointing(Manifest manifest)
{
    private static readonly (string Kind, string Section)[] Sections =
    [
        ("azure/virtualNetwork", "/network"), ("azure/subnet", "/network"), ("azure/securityGroup", "/network"), ("azure/publicIp", "/network"), ("azure/privateDns", "/network"),
        ("azure/userAssignedIdentity", "/identity"), ("azure/vault", "/identity"), ("azure/roleAssignment", "/identity"),
        ("azure/registry", "/registry"), ("azure/virtualMachine", "/vm"), ("azure/disk", "/vm"), ("azure/networkInterface", "/vm"), ("azure/marketplaceTerms", "/vm"),
        ("azure/storageAccount", "/adls"), ("azure/blob", "/adls"), ("azure/managedCluster", "/aks"), ("azure/agentPool", "/aks"), ("azure/", "/azure"),
        ("machine/dss", "/dss"), ("machine/baseImage", "/images"), ("machine/", "/vm"),
        ("dss/cluster", "/aks"), ("dss/project", "/projects"), ("dss/connection", "/adls"), ("dss/", "/dss"),
        ("kubernetes/", "/aks"),
    ];

    private readonly Dictionary<string, string[]> files = new(StringComparer.Ordinal);

    /// <summary>The place of the resource that the problem begins with; null when it names none.</summary>
    public Place? Of(Problem problem) => ResourceId.TryParse(problem.Detail.Split(' ', 2)[0].TrimEnd(':'), out var id) ? Of(id) : null;

    public Place? Of(ResourceId id)
    {
        var section = Sections.FirstOrDefault(row => $"{id.Plane}/{id.Kind}".StartsWith(row.Kind, StringComparison.Ordinal)).Section ?? "";
        return id.Name.Split('/').Reverse().Select(word => Named(word, section)).OfType<Place>().FirstOrDefault() ?? manifest.Places.Of(section);
    }

    /// <summary>Where the manifest says the word, in the section itself rather than in one that refers to it.</summary>
    private Place? Named(string word, string section) => manifest.Places.All
        .Where(known => known.Place.Line > 0 && Says(known.Place, word))
        .OrderByDescending(known => known.Pointer.StartsWith(section, StringComparison.Ordinal))
        .ThenBy(known => known.Place)
        .Select(known => known.Place)
        .FirstOrDefault();

    private bool Says(Place place, string word)
    {
        var lines = Lines(place.Source);
        if (place.Line > lines.Length || place.Column > lines[place.Line - 1].Length) return false;

        var rest = lines[place.Line - 1][(place.Column - 1)..].TrimStart('"', '\'');
        return rest.StartsWith(word, StringComparison.Ordinal) && (rest.Length == word.Length || !(char.IsLetterOrDigit(rest[word.Length]) || rest[word.Length] is '-' or '_'));
    }

    private string[] Lines(string file)
    {
        if (!files.TryGetValue(file, out var lines)) files[file] = lines = File.Exists(file) ? File.ReadAllLines(file) : [];
        return lines;
    }
}
