using System.Net.Sockets;

namespace DssPipeline.Sandbox;

/// <summary>What happens at a machine (it boots, a script is run, somebody connects), and what goes wrong then.</summary>
internal sealed class MachineEvents(SandboxMachine machine, Faults faults)
{
    private const string Boot = "BOOT";
    private const string Run = "RUN";
    private const string Ssh = "SSH";
    private const int Soon = 4096;

    private readonly Lock _gate = new();
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

    public Task CarrySshAsync(Socket client, Socket target, CancellationToken cancel)
    {
        FaultRule? cut;
        lock (_gate) (cut, _cut) = (_cut, null);
        return cut is null ? Carrying.BothWaysAsync(client, target, cancel) : Carrying.CutAsync(client, target, cut.After ?? Soon, cancel);
    }

    public async Task BootedAsync(MachineProcess process, CancellationToken cancel)
    {
        foreach (var rule in faults.MeetEvent(Boot, machine.Name))
        {
            // A reboot at each boot would never end; a deaf sshd lasts until the next one.
            if (rule.Kind == FaultKind.DeadSsh) _deaf = process;
            else if (rule.Kind == FaultKind.Reboot || rule.Duration is not null) _ = Task.Run(() => LaterAsync([rule]), cancel);
            else await MachineHarm.DoAsync(rule, process, cancel);
        }
    }

    /// <summary>Before a script of Run Command starts.</summary>
    public async Task RunAsync(MachineProcess process, CancellationToken cancel)
    {
        foreach (var rule in faults.MeetEvent(Run, machine.Name))
        {
            if (rule.Duration is not null || rule.Kind == FaultKind.KillDnf) _ = Task.Run(() => LaterAsync([rule]), cancel);
            else if (rule.Kind == FaultKind.Reboot) await machine.RestartAsync();
            else if (rule.Kind == FaultKind.DeadSsh) _deaf = process;
            else await MachineHarm.DoAsync(rule, process, cancel);
        }
    }

    private async Task LaterAsync(IReadOnlyList<FaultRule> rules)
    {
        foreach (var rule in rules.Where(rule => rule.Kind is not (FaultKind.CutSsh or FaultKind.DeadSsh)))
        {
            if (rule.Duration is { } time) await Task.Delay(time, TimeProvider.System);
            if (rule.Kind == FaultKind.Reboot) await machine.RestartAsync();
            else if (await machine.UpAsync(CancellationToken.None) is { } up) await MachineHarm.DoAsync(rule, up, CancellationToken.None);
        }
    }
}
