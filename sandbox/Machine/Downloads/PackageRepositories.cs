using System.Text;

namespace DssPipeline.Sandbox;

/// <summary>The repositories of packages that the machine's dnf reads: their catalogues and the packages in them.</summary>
internal sealed class PackageRepositories
{
    private readonly Dictionary<string, List<Package>> _byAddress = new(StringComparer.Ordinal);

    public PackageRepositories()
    {
        var address = "";
        foreach (var line in EmbeddedTree.Text("downloads/Repositories.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line[0] == '#') continue;
            if (line.StartsWith("at ", StringComparison.Ordinal)) _byAddress[address = line[3..].Trim()] = [];
            else _byAddress[address].Add(Package.Parse(line));
        }
    }

    public byte[]? Find(string address)
    {
        foreach (var (home, packages) in _byAddress)
        {
            if (address.StartsWith(home, StringComparison.Ordinal)) return Find(packages, address[home.Length..]);
        }

        return null;
    }

    /// <summary>The newest package of a name, wherever it is.</summary>
    public byte[]? Newest(string name) => _byAddress.Values.SelectMany(packages => packages).LastOrDefault(package => package.Name == name)?.Pack();

    private static byte[]? Find(List<Package> packages, string path) => path switch
    {
        "repodata/repomd.xml" => Encoding.UTF8.GetBytes("<repomd><revision>1</revision></repomd>\n"),
        "repodata/repomd.xml.key" => Encoding.UTF8.GetBytes(EmbeddedTree.Text("downloads/Keys/kubernetes.asc")),
        "repodata/catalogue.txt" => Encoding.UTF8.GetBytes(string.Concat(packages.Select(package => package.CatalogueLine + "\n"))),
        _ => packages.FirstOrDefault(package => path == $"Packages/{package.FullName}.rpm")?.Pack(),
    };
}
