using System.Net.Sockets;

namespace DssPipeline.Sandbox;

/// <summary>What happens at a machine, and what goes wrong then.</summary>
internal sealed class MachineEvents(SandboxMachine machine, Faults faults)
{
    public void Open(MachineProcess process)
    {
    }

    public Task CloseAsync() => Task.CompletedTask;

    public Task MeetRunAsync() => Task.CompletedTask;

    public Task<bool> AdmitSshAsync() => Task.FromResult(machine.Failure is null && faults.Rules.Count >= 0);

    public Task CarrySshAsync(Socket client, Socket target, CancellationToken cancel) => Carrying.BothWaysAsync(client, target, cancel);
}
