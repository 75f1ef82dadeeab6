using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>That DSS can use a connection.</summary>
internal sealed class ConnectionProof(Dss dss, string name) : Proof($"the DSS connection {name} works")
{
    protected override async Task<ProofResult> ProveAsync(CancellationToken cancel)
    {
        if (dss.Missing is { } missing) return NotProven(missing);

        return await new ConnectionTest(dss, name).FailureAsync(cancel) is { } words
            ? Failed($"The test of the DSS connection {name} fails. DSS says: {words} Look at the account, at the roles there and at the secret of the connection; the task CreateAdls makes them as the manifest says.")
            : Proven("DSS's own test of it is green");
    }
}
