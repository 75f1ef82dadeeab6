using System.Net.Sockets;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The way to the API of DSS that the manifest names, and the key it is asked with.</summary>
public sealed class DssAccess(Manifest manifest, MachineAccess access, Machine machine, Vault vault)
{
    private readonly DssSection dss = manifest.Dss;
    private readonly DssSecrets secrets = new(vault, manifest);

    /// <summary>Where a port of a rehearsal's machine listens, instead of its address; null while there is no machine.</summary>
    public Func<int, (string Host, int Port)?>? Route { get; init; }

    /// <summary>The connection of ssh that the machine is reached by, which DSS is reached by too; null when the machine is reached otherwise.</summary>
    public SshShell? Shared { get; init; }

    public bool IsThroughSsh => IsThroughSshOf(manifest);

    /// <summary>Whether a run asks the DSS of this manifest anything.</summary>
    internal static bool IsAsked(Manifest manifest) => MissingOf(manifest) is null;

    internal static bool IsThroughSshOf(Manifest manifest) => manifest.Dss.Api.Access is DssApiAccess.Ssh || (manifest.Dss.Api.Access is DssApiAccess.Auto && manifest.Vm.Access is VmAccess.Ssh);

    /// <summary>What the plane needs to know; who runs adds how it is told.</summary>
    public DssOptions Options()
    {
        var own = IsThroughSsh && Shared is null ? access.Ssh : null;
        return Direct with { Connect = IsThroughSsh ? Through(Shared ?? own!) : Direct.Connect, Way = own };
    }

    private DssOptions Direct => new()
    {
        Host = manifest.Names.Dss,
        Missing = MissingOf(manifest),
        Address = Address,
        Key = KeyAsync,
        Connect = Connect,
        Served = dss.Api.Url is null ? ServedAsync : null,
        Trust = new() { CaFile = dss.Api.CaFile, Pin = dss.Api.Pin, Given = CertificateAsync },
        Wished = DssVersion.Parse(dss.Version),
        AnyVersion = dss.Api.AnyVersion,
    };

    private static string? MissingOf(Manifest manifest) => manifest.Dss switch
    {
        var dss when !new DssHome(manifest).RunsJobs => $"nothing is set up inside a DSS of the kind {dss.NodeType}",
        { License: null } => "without dss.license DSS is the Free Edition, whose API is closed",
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

    private Func<int, CancellationToken, ValueTask<Stream>>? Connect => this switch
    {
        _ when Route is not null => (port, cancel) => OpenAsync(Route(port), cancel),
        _ when dss.Api.Url is null && dss.Https.HostName is null => async (port, cancel) => await OpenAsync(await access.HostAsync(cancel) is { } host ? (host, port) : null, cancel),
        _ => null,
    };

    private Func<int, CancellationToken, ValueTask<Stream>> Through(SshShell ssh) => async (port, cancel) => await ssh.IsThereAsync(cancel)
        ? await ssh.OpenAsync(dss.Api.Url is null ? "127.0.0.1" : Address.Host, port, cancel)
        : throw Nowhere;

    /// <summary>Where the machine says it serves DSS, as far as that can be reached from here and no key travels in clear text.</summary>
    private async Task<DssPlace?> ServedAsync(CancellationToken cancel)
    {
        var served = new DssServed(machine, new DssHome(manifest), IsOnMachine || dss.Https.Mode is not HttpsMode.Proxy ? null : Address.Port);
        if (await machine.LookAsync(served, cancel) is not { } fact || !int.TryParse($"{fact["port"]}", out var port)) return null;

        var pin = fact["fingerprint"]?.ToString();
        return pin is null && !IsOnMachine ? null : new(new UriBuilder(Address) { Scheme = pin is null ? "http" : "https", Port = port }.Uri, pin);
    }

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
