namespace DssPipeline.Convergence;

/// <summary>The words for changes that are not made.</summary>
internal static class Refusals
{
    public static Problem Fixed(Resource resource, IReadOnlyList<Difference> differences)
    {
        var paths = string.Join(", ", differences.Where(difference => difference.Fixed).Select(difference => difference.Path));
        return new Problem(
            "Fixed at birth",
            $"{resource.Id} differs in {paths}, which its remote fixed when it was made. It would have to be removed and made anew, and what it holds would be lost. "
            + $"Put the old value back, or allow the replacement by adding \"{resource.Id}\" to policy.allowReplace.");
    }
}
