namespace DssPipeline.Chapters;

/// <summary>Runs a fleet ring by ring: a ring is begun when all before it are as wished.</summary>
/// <param name="run">Runs one member to its end.</param>
public sealed class FleetRollout(Func<Ring, Member, Task<MemberRun>> run)
{
    /// <summary>Within a ring all are run: nobody waits for one of the same ring.</summary>
    public async Task<FleetReport> RunAsync(Fleet fleet, CancellationToken cancel)
    {
        var runs = new Dictionary<Member, MemberRun>();
        foreach (var ring in fleet.Rings)
        {
            foreach (var member in ring.Members)
            {
                cancel.ThrowIfCancellationRequested();
                runs[member] = await run(ring, member);
            }

            if (ring.Members.Any(member => runs[member].Exit is not ExitCode.AsWished)) break;
        }

        return new(fleet, runs);
    }
}
