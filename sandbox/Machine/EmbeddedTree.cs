using System.Reflection;

namespace DssPipeline.Sandbox;

/// <summary>Files that travel inside the program, by their path below a folder of it: image, kit, downloads.</summary>
internal static class EmbeddedTree
{
    private static readonly Assembly Home = typeof(EmbeddedTree).Assembly;

    /// <summary>The files below a folder, in the order of their paths.</summary>
    public static IReadOnlyList<EmbeddedFile> Under(string folder) =>
        [.. Home.GetManifestResourceNames()
            .Where(name => name.StartsWith($"{folder}/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => new EmbeddedFile(name[(folder.Length + 1)..], Read(name)))];

    public static string Text(string path) => System.Text.Encoding.UTF8.GetString(Read(path));

    private static byte[] Read(string name)
    {
        using var stream = Home.GetManifestResourceStream(name) ?? throw new FileNotFoundException($"The program holds no file {name}.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}

/// <summary>One file with its path; a script is executable.</summary>
internal sealed record EmbeddedFile(string Path, byte[] Bytes)
{
    public bool IsScript => Bytes is [(byte)'#', (byte)'!', ..];

    public UnixFileMode Mode => IsScript ? ArchiveWriter.Executable : ArchiveWriter.Readable;

    /// <summary>The same file with words such as @VERSION@ filled in.</summary>
    public EmbeddedFile With(string word, string value) =>
        this with { Bytes = System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(Bytes).Replace(word, value, StringComparison.Ordinal)) };
}
