namespace DssPipeline.Convergence;

/// <summary>The words for changes that are not made, or did not come about.</summary>
internal static class Refusals
{
    public static Problem? For(Resource resource, Verb verb, IReadOnlyList<Difference> differences, Permissions permissions) => verb switch
    {
        _ when !resource.NeedsPermission => null,
        Verb.Replace when !permissions.Replace.Contains(resource.Id) => Fixed(resource, differences),
        Verb.Delete when !permissions.Delete.Contains(resource.Id) => Unnamed(resource, permissions),
        _ => null,
    };

    private static Problem Fixed(Resource resource, IReadOnlyList<Difference> differences) => new(
        "Fixed at birth",
        $"{resource.Id} differs in {Paths(differences.Where(difference => difference.Fixed))}, which was fixed when it was made. It would have to be removed and made anew, and what it holds would be lost. "
        + $"Put the old value back, or allow it by adding \"{resource.Id}\" to policy.allowReplace.");

    public static Problem Unannounced(Change now) => new(
        "Replacement was not planned",
        $"{now.Id} would now have to be removed and made anew because of {Paths(now.Differences.Where(difference => difference.Fixed))}, which the plan did not say. Run again: the new plan shows it before anything is removed.");

    public static Problem Absent(ResourceId id, IEnumerable<ResourceId> absent) => new(
        "Stands on something absent",
        $"{id} needs {string.Join(" and ", absent)}, which is not there and not part of this run. Run the target without --exclusive, so that it is made first.");

    public static Problem ValueMissing(ResourceId id, ResourceId from, string path) => new(
        "Value is missing",
        $"{id} takes {path} from {from}, which is there but has no such value. If its remote fills it in late, run again; if it never does, the thing was made in a way that lacks it.");

    public static Problem StillDiffers(Change now, string expected, TimeSpan waited) => new(
        "Still differs after the change",
        $"{now.Id} was changed, but after {waited.TotalMinutes:0.#} min it is not as wished: it was waited until {expected}. "
        + "Somebody or something may change it back (a policy, another pipeline), or the remote ignores the value. Compare its activity log with the time of this run.");

    public static Problem BentAtBirth(Change now) => new(
        "Made differently",
        $"{now.Id} was made, but its remote chose another value for {Paths(now.Differences.Where(difference => difference.Fixed))}, which cannot be changed afterwards. The wish may not be possible there: see its documentation for the values it takes.");

    public static Problem StandsOn(Outcome bad) => new(
        "Stands on something that failed",
        $"{bad.Id} {(bad.Ending is Ending.Refused ? "was refused" : "failed")}.");

    public static Problem CutInTheMiddle(Change change) => new(
        "Ended in the middle of a change",
        $"{change.Id} was being changed when the run was ended. Its remote may go on by itself; the next run looks at it and goes on from there.");

    private static Problem Unnamed(Resource resource, Permissions permissions) => new(
        "Removal not allowed",
        $"{resource.Id} is there and would be removed{(resource.HoldsData ? "; it may hold data that would be lost" : "")}. "
        + $"Nothing is removed that is not named: keep it in the manifest, or allow its removal by adding \"{resource.Id}\" to {permissions.DeleteKey}.");

    private static string Paths(IEnumerable<Difference> differences) => string.Join(", ", differences.Select(difference => difference.Path));
}
