using System.Collections.Concurrent;
using System.Net.Sockets;

namespace DssPipeline.Sandbox;

/// <summary>What happens at a machine (it boots, a script is run, somebody connects), and what goes wrong then.</summary>
internal sealed class MachineEvents(SandboxMachine machine, Faults faults)
{
    private const string Boot = "BOOT";
    private const string Run = "RUN";
    private const string Ssh = "SSH";
    private const string Command = "COMMAND";
    private const int Soon = 4096;

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<Socket, bool> _callers = [];
    private FaultRule? _cut;
    private MachineProcess? _deaf;

    /// <summary>Decides about one more connection to its ssh.</summary>
    public bool AdmitsSsh
    {
        get
        {
            var met = faults.MeetEvent(Ssh, machine.Name);
            lock (_gate) _cut = met.FirstOrDefault(rule => rule.Kind == FaultKind.CutSsh);
            if (met.Count > 0) _ = Task.Run(() => LaterAsync(met));
            return !met.Any(rule => rule.Kind == FaultKind.DeadSsh) && (_deaf is null || _deaf.Ended.IsCompleted);
        }
    }

    public async Task CarrySshAsync(Socket client, Socket target, CancellationToken cancel)
    {
        FaultRule? cut;
        lock (_gate) (cut, _cut) = (_cut, null);
        _callers[client] = true;
        try
        {
            await (cut is null ? Carrying.BothWaysAsync(client, target, cancel) : Carrying.CutAsync(client, target, cut.After ?? Soon, cancel));
        }
        finally
        {
            _callers.TryRemove(client, out _);
        }
    }

    public async Task BootedAsync(MachineProcess process, CancellationToken cancel)
    {
        if (faults.Rules.Any(rule => rule.IsOfMachine && rule.Methods.Contains(Command, StringComparer.Ordinal))) MachineCommands.Follow(process, program => Started(process, program));
        foreach (var rule in faults.MeetEvent(Boot, machine.Name))
        {
            // A reboot at each boot would never end; a deaf sshd lasts until the next one.
            if (rule.Kind == FaultKind.DeadSsh) _deaf = process;
            else if (rule.Kind is FaultKind.Reboot or FaultKind.Crash || rule.Duration is not null) _ = Task.Run(() => LaterAsync([rule]), cancel);
            else await MachineHarm.DoAsync(rule, process, cancel);
        }
    }

    /// <summary>Before a script of Run Command starts.</summary>
    public async Task RunAsync(MachineProcess process, CancellationToken cancel)
    {
        foreach (var rule in faults.MeetEvent(Run, machine.Name))
        {
            if (rule.Duration is not null || rule.Kind is FaultKind.KillDnf or FaultKind.Crash) _ = Task.Run(() => LaterAsync([rule]), cancel);
            else if (rule.Kind == FaultKind.Reboot) await machine.RestartAsync();
            else if (rule.Kind == FaultKind.DeadSsh) _deaf = process;
            else await MachineHarm.DoAsync(rule, process, cancel);
        }
    }

    // A program has started in it; its fault does not let the next ones wait.
    private void Started(MachineProcess process, string program)
    {
        foreach (var rule in faults.MeetEvent(Command, machine.Name + program))
        {
            if (rule.Kind == FaultKind.DeadSsh) _deaf = process;
            if (rule.Kind is FaultKind.CutSsh or FaultKind.DeadSsh) Break();
            else if (rule is { Kind: FaultKind.Crash, Duration: null }) _ = Native.Signal(Environment.ProcessId, Native.Kill);
            else _ = Task.Run(() => LaterAsync([rule]));
        }
    }

    private void Break()
    {
        foreach (var caller in _callers.Keys) caller.Close(timeout: 0);
    }

    private async Task LaterAsync(IReadOnlyList<FaultRule> rules)
    {
        foreach (var rule in rules.Where(rule => rule.Kind is not (FaultKind.CutSsh or FaultKind.DeadSsh)))
        {
            if (rule.Duration is { } time) await Task.Delay(time, TimeProvider.System);
            if (rule.Kind == FaultKind.Crash) _ = Native.Signal(Environment.ProcessId, Native.Kill);
            if (rule.Kind == FaultKind.Reboot) await machine.RestartAsync();
            else if (await machine.UpAsync(CancellationToken.None) is { } up) await MachineHarm.DoAsync(rule, up, CancellationToken.None);
        }
    }
}
