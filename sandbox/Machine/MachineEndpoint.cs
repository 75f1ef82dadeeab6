using System.Net;
using System.Text.Json.Serialization;

namespace DssPipeline.Sandbox;

/// <summary>How a machine of the sandbox is reached from the host: its ssh, the key that opens it, and any other port of it.</summary>
public sealed record MachineEndpoint
{
    public required string Name { get; init; }

    public required string SshHost { get; init; }

    public required int SshPort { get; init; }

    /// <summary>Who logs in; may do anything by sudo.</summary>
    public required string Administrator { get; init; }

    /// <summary>The private key of the sandbox's own operator.</summary>
    public required string IdentityFile { get; init; }

    /// <summary>The machine's public host key, one line.</summary>
    public required string HostKey { get; init; }

    [JsonIgnore]
    internal Func<int, IPEndPoint>? Open { get; init; }

    /// <summary>Where a port of the machine answers on the host; opened when it is first asked for.</summary>
    public IPEndPoint Address(int port) => Open?.Invoke(port) ?? throw new InvalidOperationException("Ports are opened by the sandbox that runs the machine; this endpoint was only read.");
}
