using System.Text.Json.Nodes;

namespace DssPipeline.Convergence;

/// <summary>A resource with what is to be done with it and why.</summary>
/// <param name="Desired">The wish with every reference that is known by now filled in.</param>
/// <param name="Problem">Why a change is refused; null for every other verb.</param>
public sealed record Change(
    Resource Resource,
    Verb Verb,
    JsonNode? Desired,
    JsonNode? Observed,
    IReadOnlyList<Difference> Differences,
    Problem? Problem = null)
{
    public ResourceId Id => Resource.Id;

    /// <summary>Compares wish and world the way the remote bends them.</summary>
    public static Change Between(Resource resource, JsonNode? desired, JsonNode? observed, Permissions permissions)
    {
        var differences = desired is null || observed is null ? [] : resource.Comparison.Differences(desired, observed);
        var verb = VerbFor(desired, observed, differences);
        var problem = verb is Verb.Keep ? null : resource.Objection(verb, desired, observed) ?? Refusals.For(resource, verb, differences, permissions);
        return new(resource, problem is null ? verb : Verb.Refuse, desired, observed, differences, problem);
    }

    private static Verb VerbFor(JsonNode? desired, JsonNode? observed, IReadOnlyList<Difference> differences)
    {
        if (desired is null) return observed is null ? Verb.Keep : Verb.Delete;
        if (observed is null) return Verb.Create;
        if (differences is []) return Verb.Keep;
        return differences.Any(difference => difference.Fixed) ? Verb.Replace : Verb.Update;
    }
}
