namespace DssPipeline.Chapters;

/// <summary>That Spark reaches the data by ABFS. Only a Spark job of DSS shows it, and none is run here: so this is always said, and never assumed.</summary>
internal sealed class SparkDataProof(string connection) : Proof("Spark on Kubernetes reads and writes the connections by ABFS")
{
    protected override Task<ProofResult> ProveAsync(CancellationToken cancel) => Task.FromResult(
        NotProven($"that takes a Spark job of DSS, which is not run here. Build a dataset of the connection {connection} by a Spark recipe once, and look at its log for abfss://"));
}
