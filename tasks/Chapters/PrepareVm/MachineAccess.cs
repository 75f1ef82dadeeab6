using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The way into the machine that the manifest names: ssh to its address with a pinned host key, or Run Command.</summary>
public sealed class MachineAccess(Arm arm, Vault vault, Manifest manifest)
{
    private const string NetworkVersion = "2025-01-01";

    private readonly Names names = manifest.Names;
    private readonly VmSection vm = manifest.Vm;

    /// <summary>Where a rehearsal's machine listens, instead of the address that Azure tells; null while it does not.</summary>
    public Func<SshRoute?>? Route { get; init; }

    public Shell Shell => vm.Access is VmAccess.RunCommand
        ? new RunCommandShell(arm, names.VirtualMachine.Path, manifest.Azure.Location)
        : Ssh;

    /// <summary>The way by ssh, whatever the manifest names for the machine itself.</summary>
    public SshShell Ssh => new(new SshOptions { Address = AddressAsync, User = vm.AdminUsername, PrivateKey = vm.SshPrivateKey is { } key ? cancel => new Revealing(vault).RevealAsync(key, "vm.sshPrivateKey", cancel) : null });

    // A machine that is not there, rests, has no address or is not known by its key yet is nothing to connect to.
    private async Task<SshAddress?> AddressAsync(CancellationToken cancel)
    {
        var machine = await arm.GetAsync($"{names.VirtualMachine.Path}?$expand=instanceView", VirtualMachine.ApiVersion, cancel);
        if (!VirtualMachine.IsRunning(machine) || (vm.SshHostKey ?? SshHostKey.In(machine)) is not { } key) return null;
        if (await HostAsync(cancel) is not { } host) return null;
        if (Route is null) return new(names.VirtualMachine.Name, host, vm.SshPort, key);

        return Route() is { } route ? new(names.VirtualMachine.Name, route.Host, route.Port, key) { IdentityFile = route.IdentityFile } : null;
    }

    /// <summary>The address at which the machine is reached from here; null when it has none yet.</summary>
    public async Task<string?> HostAsync(CancellationToken cancel) => vm.PublicIp ?? manifest.IsPublic
        ? Text(await arm.GetAsync(names.PublicIp.Path, NetworkVersion, cancel), "/properties/ipAddress")
        : Text(await arm.GetAsync(names.NetworkInterface.Path, NetworkVersion, cancel), "/properties/ipConfigurations/0/properties/privateIPAddress");

    private static string? Text(JsonNode? thing, string path) => Pointer.At(thing, path)?.ToString();
}

/// <summary>Where the machine of a rehearsal listens for ssh, and the key that opens it.</summary>
public sealed record SshRoute(string Host, int Port, string? IdentityFile);
