using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>Who the run is to the machine, and how it finds it.</summary>
public sealed record SshOptions
{
    /// <summary>Where the machine is. Asked before each connection, because a machine that is made in this run has an address only then; null when there is none to connect to.</summary>
    public required Func<CancellationToken, Task<SshAddress?>> Address { get; init; }

    public required string User { get; init; }

    /// <summary>Private key in OpenSSH or PEM form, asked for once; it is handed to an agent of this run's own and never lies on a disk. Null for the keys of the user's agent.</summary>
    public Func<CancellationToken, Task<Secret>>? PrivateKey { get; init; }

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);
}

/// <summary>Where ssh finds the machine, and how it knows that it is the right one.</summary>
/// <param name="Name">The name under which the host key is pinned, wherever the machine answers.</param>
/// <param name="HostKey">Kind and key, as in <c>ssh-ed25519 AAAA…</c>.</param>
public sealed record SshAddress(string Name, string Host, int Port, string HostKey)
{
    /// <summary>File with the private key to use there, instead of any agent.</summary>
    public string? IdentityFile { get; init; }
}
