namespace DssPipeline.Sandbox;

/// <summary>The folder that holds one world; one sandbox at a time has it open.</summary>
internal sealed class StateFolder : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly FileStream _lock;

    private StateFolder(string root, FileStream held) => (Root, _lock) = (root, held);

    public string Root { get; }

    public static StateFolder Open(string folder)
    {
        var root = Path.GetFullPath(folder);
        try
        {
            Directory.CreateDirectory(root);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new SandboxException($"The state folder cannot be made: {problem.Message}");
        }

        try
        {
            return new StateFolder(root, new FileStream(Path.Combine(root, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            throw new SandboxException($"The state folder {root} is open in another sandbox. Stop that one, or choose another folder.");
        }
    }

    public static bool IsOpenElsewhere(string folder)
    {
        try
        {
            using var held = new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    public string File(string name) => Path.Combine(Root, name);

    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(Root, name)).FullName;

    /// <summary>The text of a private file, made on the first call.</summary>
    public string Keep(string name, Func<string> make)
    {
        var file = File(name);
        if (!System.IO.File.Exists(file)) WritePrivate(file, make());

        return System.IO.File.ReadAllText(file);
    }

    /// <summary>Writes a file that only its owner can read, whole or not at all.</summary>
    public static void WritePrivate(string file, string text)
    {
        var fresh = file + ".new";
        System.IO.File.Delete(fresh);
        using (var stream = new FileStream(fresh, Private(FileMode.CreateNew)))
        using (var writer = new StreamWriter(stream))
        {
            writer.Write(text);
        }

        System.IO.File.Move(fresh, file, overwrite: true);
    }

    public void Dispose() => _lock.Dispose();

    private static FileStreamOptions Private(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        return options;
    }
}
