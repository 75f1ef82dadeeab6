using System.IO.Enumeration;

namespace DssPipeline.Sandbox;

/// <summary>The files that come with the sandbox: stand-in programs under /usr, first settings elsewhere; and what of the host is hidden.</summary>
internal static class MachineImage
{
    public const UnixFileMode Program = (UnixFileMode)0b111_101_101;

    private const string Prefix = "image/";
    private const string Usr = "usr/";

    /// <summary>The layer between the host's /usr and the machine's own changes; made anew when the sandbox is another version.</summary>
    public static void LayUnder(string folder)
    {
        var mark = Path.Combine(folder, "version");
        if (File.Exists(mark) && File.ReadAllText(mark) == Version) return;
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);

        var usr = Path.Combine(folder, "usr");
        foreach (var path in Paths.Where(path => path.StartsWith(Usr, StringComparison.Ordinal))) Write(path, Path.Combine(folder, path));
        Link(usr, "bin/dotnet", "/run/dss-sandbox/dotnet/dotnet");
        Link(usr, "libexec/platform-python", "/run/dss-sandbox/host-usr/bin/python3");
        if (!File.Exists("/usr/bin/sudo")) Sudo(usr);
        foreach (var hidden in Hidden().Where(hidden => !Exists(Path.Combine(usr, hidden)))) Hide(Path.Combine(usr, hidden));
        File.WriteAllText(mark, Version);
    }

    /// <summary>The first settings and data, which the machine may change.</summary>
    public static void LayOut(string root)
    {
        foreach (var path in Paths.Where(path => !path.StartsWith(Usr, StringComparison.Ordinal))) Write(path, Path.Combine(root, path));
    }

    /// <summary>A text that comes with the sandbox.</summary>
    public static string Text(string name)
    {
        using var reader = new StreamReader(typeof(MachineImage).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    private static string Version => typeof(MachineImage).Assembly.ManifestModule.ModuleVersionId.ToString();

    private static IEnumerable<string> Paths => typeof(MachineImage).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Select(name => name[Prefix.Length..].Replace('\\', '/'));

    private static void Write(string path, string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        using (var source = typeof(MachineImage).Assembly.GetManifestResourceStream(Prefix + path)!)
        using (var target = File.Create(file))
        {
            source.CopyTo(target);
        }

        using var start = File.OpenRead(file);
        if (start.ReadByte() == '#' && start.ReadByte() == '!') File.SetUnixFileMode(file, Program);
    }

    private static void Link(string usr, string path, string target)
    {
        var link = Path.Combine(usr, path);
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        if (!Exists(link)) File.CreateSymbolicLink(link, target);
    }

    // Members of wheel may become anybody through a copy of setpriv that runs as root.
    private static void Sudo(string usr)
    {
        var (sudo, become) = (Path.Combine(usr, "bin", "sudo"), Path.Combine(usr, "libexec", "dss-sandbox", "become"));
        Directory.CreateDirectory(Path.GetDirectoryName(sudo)!);
        Directory.CreateDirectory(Path.GetDirectoryName(become)!);
        File.WriteAllText(sudo, Text("machine/sudo.sh"));
        File.SetUnixFileMode(sudo, Program);
        File.Copy("/usr/bin/setpriv", become);
        _ = Native.ChangeOwner(become, 0, MachineSkeleton.Wheel);
        File.SetUnixFileMode(become, UnixFileMode.SetUser | (UnixFileMode)0b111_101_000);
    }

    // An overlay takes a device 0:0 for "not here".
    private static void Hide(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (Native.MakeNode(path, Native.CharacterDevice, 0) != 0) throw new SandboxException($"{path} cannot be hidden: {Native.LastError}.");
    }

    private static IEnumerable<string> Hidden() => Text("machine/hidden.txt").Split('\n', StringSplitOptions.TrimEntries)
        .Where(line => line.Length > 0 && line[0] != '#').SelectMany(Matches).Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> Matches(string pattern)
    {
        var folder = pattern[..pattern.LastIndexOf('/')];
        return Directory.Exists($"/usr/{folder}")
            ? new DirectoryInfo($"/usr/{folder}").EnumerateFileSystemInfos().Select(entry => entry.Name)
                .Where(name => FileSystemName.MatchesSimpleExpression(pattern.AsSpan(folder.Length + 1), name, ignoreCase: false)).Select(name => $"{folder}/{name}")
            : [];
    }

    private static bool Exists(string path) => File.Exists(path) || Directory.Exists(path) || new FileInfo(path).LinkTarget is not null;
}
