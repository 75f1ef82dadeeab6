using System.Text.Json.Nodes;

namespace DssPipeline.Convergence;

/// <summary>How a remote bends what it is given, so that a bend is not taken for a difference.</summary>
/// <param name="Folded">Re-cased or re-spaced by the remote: compared without case and blanks.</param>
/// <param name="Unordered">Arrays whose order means nothing; objects in them are matched by name, key, lun or id.</param>
/// <param name="Hidden">Secrets: never shown, and not compared, because the remote does not give them back.</param>
/// <param name="Fixed">Fixed at birth: a difference asks for a replacement.</param>
public sealed record Comparison(Paths Folded, Paths Unordered, Paths Hidden, Paths Fixed)
{
    public static Comparison Plain { get; } = new([], [], [], []);

    /// <summary>Every path at which <paramref name="observed"/> is not as wished; members that nobody wished for are left alone.</summary>
    public IReadOnlyList<Difference> Differences(JsonNode desired, JsonNode observed) => new Comparer(this).Compare(desired, observed);
}
