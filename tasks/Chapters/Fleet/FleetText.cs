namespace DssPipeline.Chapters;

/// <summary>A fleet as people read it in a terminal.</summary>
public static class FleetText
{
    public static IEnumerable<string> Of(Fleet fleet)
    {
        foreach (var ring in fleet.Rings)
        {
            yield return $"\n{ring.Name}";
            foreach (var member in ring.Members) yield return $"  {member.Manifest}";
        }

        yield return $"\nFleet: {fleet.Members.Count()} deployments in {fleet.Rings.Count} rings.";
    }

    public static IEnumerable<string> Of(FleetReport report)
    {
        foreach (var ring in report.NotBegun) yield return $"\n{ring.Name}\n  · not begun: ring {report.Bad?.Name} is not as wished";
        yield return $"\n{report.Sum}";
    }

    /// <summary>One member that came to its end.</summary>
    public static string Of(Member member, MemberRun run) => $"  {(run.Exit is ExitCode.AsWished ? "=" : "×")} {member.Manifest}  {run.Answer}";
}
