using System.Text;

namespace DssPipeline.Sandbox;

/// <summary>One package of a repository, with the files that come with it.</summary>
internal sealed record Package(string Name, string Version, string Release)
{
    private const string Architecture = "x86_64";

    public string Requires { get; init; } = "";

    public string Provides { get; init; } = "";

    public string Conflicts { get; init; } = "";

    public string Marks { get; init; } = "";

    public string FullName => $"{Name}-{Version}-{Release}.{Architecture}";

    public string CatalogueLine => string.Join('\t', Name, Version, Release, Architecture, Requires, Provides, Conflicts, Marks);

    public static Package Parse(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string Value(string key) => words.Skip(3).FirstOrDefault(word => word.StartsWith(key + "=", StringComparison.Ordinal))?[(key.Length + 1)..] ?? "";

        return new Package(words[0], words[1], words[2]) { Requires = Value("requires"), Provides = Value("provides"), Conflicts = Value("conflicts"), Marks = Value("marks") };
    }

    /// <summary>The archive the machine's dnf unpacks; what it must know beside the files is below .scripts.</summary>
    public byte[] Pack()
    {
        var files = EmbeddedTree.Under($"downloads/Packages/{Name}").Select(file => Placed(file).With("@VERSION@", Version)).ToList();
        var description = string.Join('\t', Name, Version, Release, Architecture, Requires, Provides, Conflicts, "@commandline", "0", Marks);
        return ArchiveWriter.Pack("",
        [
            .. files,
            new EmbeddedFile(".scripts/package", Encoding.UTF8.GetBytes(description + "\n")),
            new EmbeddedFile($"usr/share/doc/{Name}/README", Encoding.UTF8.GetBytes($"A stand-in of the package {FullName}.\n")),
        ]);
    }

    private static EmbeddedFile Placed(EmbeddedFile file) => file.Path switch
    {
        "KEEP" => file with { Path = ".scripts/keep" },
        "POST" => file with { Path = ".scripts/post" },
        _ => file,
    };
}
