namespace DssPipeline.Sandbox;

/// <summary>The accounts of a machine that was just made.</summary>
internal static class MachineAccounts
{
    private static readonly (string Name, int User, int Group, string Home)[] System =
    [
        ("bin", 1, 1, "/bin"), ("daemon", 2, 2, "/sbin"), ("adm", 3, 4, "/var/adm"), ("lp", 4, 7, "/var/spool/lpd"), ("mail", 8, 12, "/var/spool/mail"),
        ("operator", 11, 0, "/root"), ("nobody", 65534, 65534, "/"), ("dbus", 81, 81, "/"), ("systemd-coredump", 999, 997, "/"), ("sshd", 74, 74, "/usr/share/empty.sshd"), ("chrony", 994, 991, "/var/lib/chrony"),
    ];

    private static readonly (string Name, int Number)[] OtherGroups =
    [
        ("root", 0), ("sys", 3), ("tty", 5), ("disk", 6), ("mem", 8), ("kmem", 9), ("cdrom", 11), ("man", 15), ("dialout", 18), ("floppy", 19), ("games", 20),
        ("tape", 33), ("video", 39), ("ftp", 50), ("lock", 54), ("audio", 63), ("users", 100), ("utmp", 22), ("input", 998), ("render", 996), ("systemd-journal", 190),
    ];

    public static string Users(string administrator, uint number) => Lines(
    [
        "root:x:0:0:root:/root:/bin/bash",
        .. System.Select(user => $"{user.Name}:x:{user.User}:{user.Group}:{user.Name}:{user.Home}:/sbin/nologin"),
        $"{administrator}:x:{number}:{number}::/home/{administrator}:/bin/bash",
    ]);

    public static string Groups(string administrator, uint number, uint wheel) => Lines(
    [
        .. OtherGroups.Select(group => $"{group.Name}:x:{group.Number}:"),
        .. System.Where(user => user.Group != 0).Select(user => $"{user.Name}:x:{user.Group}:"),
        $"wheel:x:{wheel}:{administrator}",
        $"{administrator}:x:{number}:",
    ]);

    public static string Shadow(string administrator) =>
        Lines(System.Select(user => user.Name).Prepend("root").Append(administrator).Select(name => $"{name}:*:19500:0:99999:7:::"));

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines) + "\n";
}
