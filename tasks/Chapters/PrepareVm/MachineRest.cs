using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>A machine that rests for a change and is never left resting: it is started again also when the change failed or the run was cancelled.</summary>
internal static class MachineRest
{
    /// <summary>Stops the machine, lets it be changed, and starts it when the change does not come about. After one that does, whoever asked for it starts it.</summary>
    public static async Task DuringAsync(Arm arm, string machine, Func<Task> change, CancellationToken cancel)
    {
        var rests = false;
        try
        {
            await arm.AskAsync($"{machine}/deallocate", VirtualMachine.ApiVersion, null, cancel);
            rests = true;
            await change();
        }
        catch (Exception failure)
        {
            // Also when stopping it was cut short: Azure goes on with that by itself.
            if (await StartAsync(arm, machine) is { } second && rests) throw new ProblemException([.. Told(failure), LeftStopped(machine, second)]);
            throw;
        }
    }

    /// <summary>Starts it whatever has become of the run.</summary>
    /// <returns>What stands in the way of that; null when nothing does.</returns>
    private static async Task<ProblemException?> StartAsync(Arm arm, string machine)
    {
        try
        {
            await arm.AskAsync($"{machine}/start", VirtualMachine.ApiVersion, null, CancellationToken.None);
            return null;
        }
        catch (ProblemException failure)
        {
            return failure;
        }
    }

    private static IEnumerable<Problem> Told(Exception failure) => failure is ProblemException told ? told.Problems : [];

    private static Problem LeftStopped(string machine, ProblemException failure) => new(
        "Machine left stopped",
        $"{machine} was stopped for a change that did not come about, and could not be started again: {failure.Problems[0].Summary}. {failure.Problems[0].Detail} DSS is away until it runs: run again, or start it with:")
    {
        Command = $"az vm start --ids {machine}",
    };
}
