using System.Net.Sockets;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The way to the API of DSS that the manifest names, and the key it is asked with.</summary>
public sealed class DssAccess(Manifest manifest, MachineAccess machine, Vault vault)
{
    private readonly DssSection dss = manifest.Dss;
    private readonly DssSecrets secrets = new(vault, manifest);

    /// <summary>Where a port of a rehearsal's machine listens, instead of its address; null while there is no machine.</summary>
    public Func<int, (string Host, int Port)?>? Route { get; init; }

    /// <summary>The connection of ssh that the machine is reached by, which DSS is reached by too; null when the machine is reached otherwise.</summary>
    public SshShell? Shared { get; init; }

    public bool IsThroughSsh => dss.Api.Access is DssApiAccess.Ssh || (dss.Api.Access is DssApiAccess.Auto && manifest.Vm.Access is VmAccess.Ssh);

    /// <summary>What the plane needs to know; who runs adds how it is told.</summary>
    public DssOptions Options()
    {
        var own = IsThroughSsh && Shared is null ? machine.Ssh : null;
        return Direct with { Connect = IsThroughSsh ? Through(Shared ?? own!) : Direct.Connect, Way = own };
    }

    private DssOptions Direct => new()
    {
        Host = manifest.Names.Dss,
        Missing = Missing,
        Address = Address,
        Key = KeyAsync,
        Connect = Connect,
        Trust = new() { CaFile = dss.Api.CaFile, Pin = dss.Api.Pin, Given = CertificateAsync },
        AnyVersion = dss.Api.AnyVersion,
    };

    private string? Missing => this switch
    {
        _ when !new DssHome(manifest).RunsJobs => $"nothing is set up inside a DSS of the kind {dss.NodeType}",
        _ when dss.License is null => "without dss.license DSS is the Free Edition, whose API is closed",
        _ => null,
    };

    private bool IsNative => dss.Https.Mode is HttpsMode.Native;

    /// <summary>Behind its own machine's nginx DSS serves plain http, which never leaves the machine.</summary>
    private bool IsOnMachine => IsThroughSsh || Route is not null;

    private Uri Address => this switch
    {
        _ when dss.Api.Url is { } stated => new(stated),
        _ when IsOnMachine => new($"{(IsNative ? "https" : "http")}://localhost:{dss.Port}"),
        _ => new($"{(dss.Https.Mode is HttpsMode.None ? "http" : "https")}://{dss.Https.HostName ?? manifest.Names.VirtualMachine.Name}{(dss.Https.Mode is HttpsMode.Proxy ? "" : $":{dss.Port}")}"),
    };

    private Func<CancellationToken, ValueTask<Stream>>? Connect => this switch
    {
        _ when Route is not null => cancel => OpenAsync(Route(dss.Port), cancel),
        _ when dss.Api.Url is null && dss.Https.HostName is null => async cancel => await OpenAsync(await machine.HostAsync(cancel) is { } host ? (host, Address.Port) : null, cancel),
        _ => null,
    };

    private Func<CancellationToken, ValueTask<Stream>> Through(SshShell ssh) => async cancel => await ssh.IsThereAsync(cancel)
        ? await ssh.OpenAsync(dss.Api.Url is null ? "127.0.0.1" : Address.Host, Address.Port, cancel)
        : throw Nowhere;

    /// <summary>A key that was made in this run is in the vault by the time it is asked for.</summary>
    private Task<Secret?> KeyAsync(CancellationToken cancel) => secrets.ReadAsync(dss.ApiKeySecret, cancel);

    private async Task<Secret?> CertificateAsync(CancellationToken cancel) =>
        dss.Https is { Mode: not HttpsMode.None, Certificate: { } certificate } ? await secrets.RevealAsync(certificate, "dss.https.certificate", cancel) : null;

    /// <summary>On a machine that is not there nobody listens.</summary>
    private static SocketException Nowhere => new((int)SocketError.ConnectionRefused);

    private static async ValueTask<Stream> OpenAsync((string Host, int Port)? place, CancellationToken cancel)
    {
        if (place is not { } known) throw Nowhere;

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(known.Host, known.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
