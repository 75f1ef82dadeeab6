namespace DssPipeline.Convergence;

/// <summary>The words for destructive changes that nobody allowed.</summary>
internal static class Refusals
{
    public static Problem? For(Resource resource, Verb verb, IReadOnlyList<Difference> differences, Permissions permissions) => verb switch
    {
        _ when !resource.NeedsPermission => null,
        Verb.Replace when !permissions.Replace.Contains(resource.Id) => Fixed(resource, differences),
        Verb.Delete when !permissions.Delete.Contains(resource.Id) => Unnamed(resource),
        _ => null,
    };

    private static Problem Fixed(Resource resource, IReadOnlyList<Difference> differences)
    {
        var paths = string.Join(", ", differences.Where(difference => difference.Fixed).Select(difference => difference.Path));
        return new Problem(
            "Fixed at birth",
            $"{resource.Id} differs in {paths}, which was fixed when it was made. It would have to be removed and made anew, and what it holds would be lost. "
            + $"Put the old value back, or allow it by adding \"{resource.Id}\" to policy.allowReplace.");
    }

    private static Problem Unnamed(Resource resource) => new(
        "Removal not allowed",
        $"{resource.Id} is there, carries this deployment's mark, and the manifest does not want it{(resource.HoldsData ? "; it may hold data that would be lost" : "")}. "
        + $"Put it back into the manifest, or allow its removal by adding \"{resource.Id}\" to policy.allowDelete.");
}
