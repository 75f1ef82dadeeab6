namespace DssPipeline.Planes;

/// <summary>The arguments of ssh. Nothing of them can be taken for an option that it is not, and no file of the user has a say.</summary>
internal static class SshLine
{
    /// <summary>What all calls of a connection have in common.</summary>
    /// <param name="folder">The folder of the run, for the connection's socket and the pinned key.</param>
    /// <param name="agent">Socket of the run's own agent; null for the user's agent or an identity file.</param>
    public static IReadOnlyList<string> Of(SshOptions options, SshAddress address, string folder, string? agent) =>
    [
        "-T", "-F", "/dev/null", "-S", Path.Combine(folder, "c").Replace("%", "%%", StringComparison.Ordinal), "-e", "none", "-l", options.User, "-p", $"{address.Port}",
        .. Option("Hostname", address.Host),
        .. Option("HostKeyAlias", address.Name),
        .. Option("UserKnownHostsFile", $"\"{KnownHosts(folder)}\""),
        .. Option("GlobalKnownHostsFile", "/dev/null"),
        .. Option("StrictHostKeyChecking", "yes"),
        .. Option("UpdateHostKeys", "no"),
        .. Option("CheckHostIP", "no"),
        .. Option("BatchMode", "yes"),
        .. Option("PreferredAuthentications", "publickey"),
        .. Option("PasswordAuthentication", "no"),
        .. Option("KbdInteractiveAuthentication", "no"),
        .. Option("ConnectTimeout", $"{options.ConnectTimeout.TotalSeconds:0}"),
        .. Option("ServerAliveInterval", "15"),
        .. Option("ServerAliveCountMax", "4"),
        .. Option("ClearAllForwardings", "yes"),
        .. Option("ForwardAgent", "no"),
        .. Option("ForwardX11", "no"),
        .. Option("LogLevel", "ERROR"),
        .. Keys(address, agent),
    ];

    /// <summary>The file with exactly the one key that the machine may show.</summary>
    public static string KnownHosts(string folder) => Path.Combine(folder, "known_hosts");

    private static IEnumerable<string> Keys(SshAddress address, string? agent) => address.IdentityFile is { } file
        ? [.. Option("IdentityFile", $"\"{file}\""), .. Option("IdentitiesOnly", "yes"), .. Option("IdentityAgent", "none")]
        : [.. Option("IdentityFile", "none"), .. agent is null ? [] : Option("IdentityAgent", $"\"{agent}\"")];

    private static string[] Option(string name, string value) => ["-o", $"{name}={value}"];
}
