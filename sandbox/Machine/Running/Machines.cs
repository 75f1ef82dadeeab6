using System.Collections.Concurrent;
using System.Net;

namespace DssPipeline.Sandbox;

/// <summary>The machines behind the virtual machines of a world.</summary>
internal sealed class Machines(MachineSurroundings surroundings) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, SandboxMachine> _machines = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, MachineEndpoint> _endpoints = new(StringComparer.OrdinalIgnoreCase);
    private Task _leaving = Task.CompletedTask;
    private int _made;

    public IReadOnlyDictionary<string, MachineEndpoint> Endpoints => _endpoints;

    public SandboxMachine? Of(string name) => _machines.GetValueOrDefault(name);

    /// <summary>The machine that a request came from; null for one from anywhere else.</summary>
    public SandboxMachine? From(IPAddress? caller) => caller is null ? null : _machines.Values.FirstOrDefault(machine => machine.Source.Equals(caller));

    /// <summary>Resource Manager has changed a machine or a disk; called while its gate is held, so nothing is waited for.</summary>
    public void Follow(ArmWorld world)
    {
        foreach (var record in world.Of(VirtualMachineRules.Type)) Follow(MachineWishes.Of(world, record));
    }

    /// <summary>Waits until the machines that come up with the world have started their services: who left them running finds them so.</summary>
    public Task StartedAsync(CancellationToken cancel) => Task.WhenAll(_machines.Values.Select(machine => machine.StartedAsync(cancel)));

    public void Restart(string name) => _ = Of(name)?.RestartAsync();

    public void Delete(string name)
    {
        _endpoints.TryRemove(name, out _);
        if (!_machines.TryRemove(name, out var gone)) return;
        gone.Folder.Leave();
        _leaving = Task.WhenAll(_leaving, Task.Run(gone.DeleteAsync));
    }

    /// <summary>A disk that Resource Manager deleted takes its image with it.</summary>
    public void DeleteDisk(string name) => File.Delete(MachineDisks.ImageOf(surroundings.State, name));

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_machines.Values.Select(machine => machine.DisposeAsync().AsTask()).Append(_leaving));
    }

    private void Follow(MachineWish wish)
    {
        if (Of(wish.Name) is { } machine) machine.Follow(wish);
        else if (wish.IsOn) Add(wish);
    }

    // All of 127.0.0.0/8 is the host's loopback, so each machine can come from an address of its own.
    private IPAddress NextSource()
    {
        var number = Interlocked.Increment(ref _made);
        return new([127, 1, (byte)(number / 250), (byte)(number % 250 + 1)]);
    }

    private void Add(MachineWish wish)
    {
        var folder = new MachineFolder(surroundings.State, wish.Name.ToLowerInvariant());
        folder.Keys();
        var machine = new SandboxMachine(folder, wish, surroundings, NextSource());
        _machines[wish.Name] = machine;
        _endpoints[wish.Name] = machine.Endpoint;
        folder.Tell(machine.Endpoint);
        machine.Follow(wish);
    }
}
