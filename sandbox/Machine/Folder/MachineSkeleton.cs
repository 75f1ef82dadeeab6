namespace DssPipeline.Sandbox;

/// <summary>What the first boot lays out that depends on the machine or on the host: folders, accounts, names, keys.</summary>
internal static class MachineSkeleton
{
    public const uint Wheel = 10;

    private const uint First = 1000;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly string[] Folders =
    [
        "boot", "data", "dev", "etc", "home", "media", "mnt", "opt", "opt/dss-sandbox", "proc", "root", "run", "srv", "sys", "tmp", "usr", "var",
        "var/cache", "var/lib", "var/log", "var/mail", "var/opt", "var/spool", "var/spool/mail", "var/tmp", "var/lib/waagent",
        "etc/alternatives", "etc/systemd/system", "etc/sysctl.d", "etc/pki/rpm-gpg", "etc/skel", "etc/opt",
    ];

    private static readonly string[] Links = ["bin", "sbin", "lib", "lib64", "lib32", "libx32"];

    private static readonly string[] FromHost = ["ld.so.cache", "ld.so.conf", "services", "protocols", "rpc", "mke2fs.conf", "xattr.conf", "ssl/openssl.cnf"];

    public static void LayOut(MachineFolder folder, MachineWish wish)
    {
        var root = folder.System;
        foreach (var name in Folders) Directory.CreateDirectory(Path.Combine(root, name));
        foreach (var link in Links) Link(Path.Combine(root, link), new FileInfo("/" + link).LinkTarget);
        Link(Path.Combine(root, "var", "run"), "../run");
        Link(Path.Combine(root, "etc", "mtab"), "../proc/self/mounts");
        Link(Path.Combine(root, "etc", "localtime"), "../usr/share/zoneinfo/UTC");
        foreach (var name in FromHost.Where(name => File.Exists("/etc/" + name))) Copy("/etc/" + name, Path.Combine(root, "etc", name));
        Alternatives(root);
        Names(root, wish);
        Accounts(root, wish);
        Keys(folder, wish);
        Mode(root, "root", 0b111_000_000);
        Mode(root, "tmp", 0b1_111_111_111);
        Mode(root, "var/tmp", 0b1_111_111_111);
        Mode(root, "var/lib/waagent", 0b111_000_000);
    }

    private static void Names(string root, MachineWish wish)
    {
        File.WriteAllText(Path.Combine(root, "etc", "hostname"), wish.HostName + "\n");
        File.WriteAllText(Path.Combine(root, "etc", "machine-id"), Guid.NewGuid().ToString("N") + "\n");
        List<string> lines = ["127.0.0.1 localhost localhost.localdomain"];
        if (wish.Address.Length > 0) lines.Add($"{wish.Address} {wish.HostName}");
        File.WriteAllLines(Path.Combine(root, "etc", "hosts"), lines);
    }

    private static void Accounts(string root, MachineWish wish)
    {
        var user = wish.Administrator;
        var etc = Path.Combine(root, "etc");
        File.WriteAllText(Path.Combine(etc, "passwd"), MachineAccounts.Users(user, First));
        File.WriteAllText(Path.Combine(etc, "group"), MachineAccounts.Groups(user, First, Wheel));
        File.WriteAllText(Path.Combine(etc, "shadow"), MachineAccounts.Shadow(user));
        File.WriteAllText(Path.Combine(etc, "gshadow"), "");
        File.SetUnixFileMode(Path.Combine(etc, "shadow"), OwnerOnly);
        File.SetUnixFileMode(Path.Combine(etc, "gshadow"), OwnerOnly);
        var sudoers = Path.Combine(etc, "sudoers.d", "waagent");
        Directory.CreateDirectory(Path.GetDirectoryName(sudoers)!);
        File.WriteAllText(sudoers, $"{user} ALL=(ALL) NOPASSWD: ALL\n");
        File.SetUnixFileMode(sudoers, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        File.SetUnixFileMode(Path.Combine(etc, "sudoers"), UnixFileMode.UserRead | UnixFileMode.GroupRead);
    }

    private static void Keys(MachineFolder folder, MachineWish wish)
    {
        var ssh = Path.Combine(folder.System, "etc", "ssh");
        Copy(folder.HostKeyFile, Path.Combine(ssh, "ssh_host_ed25519_key"));
        Copy(folder.HostKeyFile + ".pub", Path.Combine(ssh, "ssh_host_ed25519_key.pub"));
        File.SetUnixFileMode(Path.Combine(ssh, "ssh_host_ed25519_key"), OwnerOnly);

        var home = Path.Combine(folder.System, "home", wish.Administrator);
        var keys = Path.Combine(home, ".ssh", "authorized_keys");
        Directory.CreateDirectory(Path.GetDirectoryName(keys)!);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(folder.System, "etc", "skel"))) File.Copy(file, Path.Combine(home, Path.GetFileName(file)));
        File.WriteAllLines(keys, [.. wish.Keys, folder.IdentityKey + " sandbox"]);
        File.SetUnixFileMode(keys, OwnerOnly);
        foreach (var private_ in (string[])[home, Path.GetDirectoryName(keys)!]) File.SetUnixFileMode(private_, OwnerOnly | UnixFileMode.UserExecute);
        foreach (var entry in Directory.EnumerateFileSystemEntries(home, "*", SearchOption.AllDirectories).Prepend(home)) _ = Native.ChangeOwner(entry, First, First);
    }

    // Programs such as awk are links through here; those of programs the machine does not have do no harm.
    private static void Alternatives(string root)
    {
        foreach (var link in new DirectoryInfo("/etc/alternatives") is { Exists: true } found ? found.EnumerateFiles() : [])
        {
            if (link.LinkTarget?.StartsWith("/usr/bin/", StringComparison.Ordinal) == true) Link(Path.Combine(root, "etc", "alternatives", link.Name), link.LinkTarget);
        }
    }

    private static void Link(string path, string? target)
    {
        if (target is not null && new FileInfo(path).LinkTarget is null) File.CreateSymbolicLink(path, target);
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Copy(from, to, overwrite: true);
    }

    private static void Mode(string root, string path, int mode) => File.SetUnixFileMode(Path.Combine(root, path), (UnixFileMode)mode);
}
