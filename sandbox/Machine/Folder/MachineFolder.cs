using System.Text.Json;

namespace DssPipeline.Sandbox;

/// <summary>What stays of a machine while it is off: its files, its keys, its console.</summary>
internal sealed class MachineFolder(StateFolder state, string name)
{
    public string Root { get; private set; } = state.Folder(Path.Combine("machines", name));

    /// <summary>The root of its file system, without /usr, which is laid over the host's.</summary>
    public string System => Path.Combine(Root, "system");

    public string Image => Path.Combine(Root, "image");

    public string Console => Path.Combine(Root, "console.log");

    public string Disks => Path.Combine(Root, "disks");

    public string IdentityFile => Path.Combine(Root, "ssh", "id_ed25519");

    public string HostKeyFile => Path.Combine(Root, "ssh", "host_ed25519");

    public string EndpointFile => Path.Combine(Root, "ssh", "endpoint.json");

    /// <summary>The host's public key, one line without its comment.</summary>
    public string HostKey => Public(HostKeyFile);

    public string IdentityKey => Public(IdentityFile);

    private string Done => Path.Combine(Root, "laid-out");

    /// <summary>Makes what is not there yet: once for most, at each boot for what belongs to this version of the sandbox.</summary>
    public async Task PrepareAsync(MachineWish wish, string caFile, CancellationToken cancel)
    {
        foreach (var folder in (string[])["system", "usr.upper", "usr.work", "usr.local/bin", "usr.local/sbin", "usr.local/lib", "usr.local/share", "usr.local/etc"]) Directory.CreateDirectory(Path.Combine(Root, folder));
        Keys();
        MachineImage.LayUnder(Image);
        MachineTrust.Write(System, caFile);
        MachineResolver.Write(System);
        if (File.Exists(Done)) return;

        MachineImage.LayOut(System);
        MachineSkeleton.LayOut(this, wish);
        await File.WriteAllTextAsync(Done, "", cancel);
    }

    /// <summary>The machine's own key and the key that opens it, made once.</summary>
    public void Keys()
    {
        Directory.CreateDirectory(Path.Combine(Root, "ssh"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var key in (string[])[IdentityFile, HostKeyFile])
        {
            if (File.Exists(key + ".pub")) continue;
            File.Delete(key);
            HostCommand.Must("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", key);
        }
    }

    /// <summary>Which engine answers to docker in it. It stays with the machine, because images are found again by the engine that made them only.</summary>
    public void TakeEngine(MachineEngine? engine)
    {
        if (engine is not null) File.WriteAllText(Path.Combine(Root, "engine"), engine == MachineEngine.Real ? "real\n" : "stand-in\n");
    }

    /// <summary>Where another process finds the machine while this sandbox runs.</summary>
    public void Tell(MachineEndpoint endpoint) => File.WriteAllText(EndpointFile, JsonSerializer.Serialize(endpoint, JsonSerializerOptions.Web));

    /// <summary>Gives the name free for another machine; what is mounted from here stays mounted.</summary>
    public void Leave()
    {
        var gone = $"{Root}.gone-{Guid.NewGuid():N}";
        Directory.Move(Root, gone);
        Root = gone;
    }

    public void Delete() => Directory.Delete(Root, recursive: true);

    private static string Public(string key) => string.Join(' ', File.ReadAllText(key + ".pub").Split(' ')[..2]);
}
