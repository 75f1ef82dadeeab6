using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace DssPipeline.Sandbox;

/// <summary>One machine of the sandbox: it is brought to what Resource Manager says of it, one step after the other.</summary>
internal sealed partial class SandboxMachine : IAsyncDisposable
{

    private readonly MachineFolder _folder;
    private readonly MachineSurroundings _surroundings;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<int, Relay> _relays = [];
    private readonly MachineDisks _disks;
    private Task _work = Task.CompletedTask;
    private MachineWish _wish;
    private MachineProcess? _process;
    private List<IAsyncDisposable> _internet = [];

    public SandboxMachine(MachineFolder folder, MachineWish wish, MachineSurroundings surroundings, IPAddress source)
    {
        (_folder, _wish, _surroundings) = (folder, wish with { IsOn = false, Disks = [] }, surroundings);
        Source = source;
        _disks = new MachineDisks(surroundings.State);
        Events = new MachineEvents(this, surroundings.Faults);
    }

    public string Name => _wish.Name;

    /// <summary>The address from which it comes to the sandbox, by which the sandbox knows it.</summary>
    public IPAddress Source { get; }

    public MachineFolder Folder => _folder;

    public MachineEvents Events { get; }

    public MachineEndpoint Endpoint => field ??= Describe();

    /// <summary>Brings it on, off, or to other disks; what is asked later is done later.</summary>
    public void Follow(MachineWish wish)
    {
        lock (_gate)
        {
            if (Same(wish)) return;
            _wish = wish;
            _ = Then(() => BecomeAsync(wish));
        }
    }

    /// <summary>Off and on again; the task ends when it is up, and need not be awaited.</summary>
    public Task RestartAsync()
    {
        lock (_gate) return Then(OffAndOnAsync);
    }

    /// <summary>The machine as soon as all that was asked before is done and it has booted; null when it is off or does not come up.</summary>
    public async Task<MachineProcess?> UpAsync(CancellationToken cancel)
    {
        Task work;
        lock (_gate) work = _work;
        await work.WaitAsync(cancel);
        if (_process is not { } process) return null;
        await process.Booted.WaitAsync(cancel);
        return process.Ended.IsCompleted ? null : process;
    }

    /// <summary>Waits until its services have been started, but not for one that hangs.</summary>
    public async Task StartedAsync(CancellationToken cancel) => await UpAsync(cancel);

    /// <summary>Why it is not up, in words.</summary>
    public string? Failure { get; private set; }

    /// <summary>Ends it and removes all its files.</summary>
    public async Task DeleteAsync()
    {
        await DisposeAsync();
        _folder.Delete();
    }

    public async ValueTask DisposeAsync()
    {
        Task work;
        lock (_gate)
        {
            _ = Then(OffAsync);
            work = _work;
        }

        await work;
        await _end.CancelAsync();
        foreach (var relay in _relays.Values) await relay.DisposeAsync();
        _disks.Dispose();
        _end.Dispose();
    }

    private bool Same(MachineWish wish) => wish.IsOn == _wish.IsOn && wish.Disks.SequenceEqual(_wish.Disks);

    private Task Then(Func<Task> step)
    {
        var before = _work;
        return _work = Task.Run(async () =>
        {
            await before;
            await step();
        });
    }

    private async Task BecomeAsync(MachineWish wish)
    {
        if (!wish.IsOn) await OffAsync();
        _disks.Attach(wish.Disks, _process);
        if (wish.IsOn && _process is null) await OnAsync(wish);
    }

    private async Task OffAndOnAsync()
    {
        var wish = _wish;
        if (!wish.IsOn) return;
        await OffAsync();
        await OnAsync(wish);
    }

    private async Task OnAsync(MachineWish wish)
    {
        try
        {
            await _folder.PrepareAsync(wish, _surroundings.CaFile, _end.Token);
            await _disks.WriteListAsync(_folder.Disks);
            _folder.TakeEngine(_surroundings.Engine);
            _process = await MachineProcess.StartAsync(_folder, wish, _end.Token);
            _internet = [.. Outgoing(_process), new DssEar(_process, _surroundings.Faults, _surroundings.Heard)];
            if (_surroundings.DssHabits.Length > 0) await File.WriteAllTextAsync(_process.PathOf(DssInstance.HabitsOfMachine), _surroundings.DssHabits, _end.Token);
            Failure = null;
            await Events.BootedAsync(_process, _end.Token);
            await _process.StartServicesAsync();
            _ = WatchAsync(_process);
        }
        catch (Exception problem) when (problem is SandboxException or IOException or SocketException)
        {
            Failure = problem.Message;
        }
    }

    private async Task OffAsync()
    {
        if (Interlocked.Exchange(ref _process, null) is not { } process) return;
        await process.ShutDownAsync();
        foreach (var way in _internet) await way.DisposeAsync();
        await process.DisposeAsync();
    }

    // A machine that ends by itself has rebooted or crashed; only the first is asked for.
    private async Task WatchAsync(MachineProcess process)
    {
        await process.Ended;
        if (_process != process) return;
        if (process.WantsReboot) await RestartAsync();
        else Failure = $"The machine {Name} has ended by itself; its console is {_folder.Console}.";
    }
}
