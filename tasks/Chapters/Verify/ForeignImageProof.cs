namespace DssPipeline.Chapters;

/// <summary>That pods run an image which is not made here. What it should be nobody here knows: so this is always said, and never assumed.</summary>
internal sealed class ForeignImageProof(ForeignImage foreign) : Proof($"pods run the image of {foreign.Configuration}")
{
    protected override Task<ProofResult> ProveAsync(CancellationToken cancel) => Task.FromResult(
        NotProven($"{foreign.Why}: {foreign.Image ?? "the one that DSS takes by itself"}. Let DSS push its images (Administration, Settings), run a recipe once in {foreign.Configuration}, and look at its log"));
}
