using System.Security.Cryptography;
using System.Text;

namespace DssPipeline.Convergence;

/// <summary>Fingerprints what a plan would do, and nothing else: no times, no order, no wording, nothing that is as wished.</summary>
internal static class PlanDigest
{
    public static string Of(Plan plan)
    {
        var changes = plan.Changes.Where(change => change.Verb is not Verb.Keep).OrderBy(change => change.Id).SelectMany(Lines);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', changes))));
    }

    private static IEnumerable<string> Lines(Change change)
    {
        var (comparison, whole) = (change.Resource.Comparison, change.Verb is Verb.Create or Verb.Replace);
        yield return $"{change.Verb} {change.Id}";
        foreach (var difference in change.Differences.OrderBy(difference => difference.Path, StringComparer.Ordinal))
        {
            yield return $"{difference.Path} {Canonical.Of(difference.Before, comparison.Unordered, difference.Path)} {Canonical.Of(difference.After, comparison.Unordered, difference.Path)}";
        }

        if (whole) yield return Canonical.Of(Hiding.Hide(change.Desired, comparison.Hidden), comparison.Unordered, "");
    }
}
