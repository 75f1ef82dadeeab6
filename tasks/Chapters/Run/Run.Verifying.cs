namespace DssPipeline.Chapters;

/// <summary>How the proofs are tried and told.</summary>
public sealed partial class Run
{
    /// <summary>Tries every proof, tells what each came to, and fails when one failed.</summary>
    public Task VerifyAsync() => GuardedAsync(async () =>
    {
        var name = deployment.Needed().Name;
        var results = await new Verification(deployment).RunAsync(deployment.Cancel);
        Audience.Tell(deployment, results);
        await deployment.Papers.FileAsync(name, results);
        await deployment.Papers.HandOutAsync(name, results);
        if (results.Any(result => result.Ending is ProofEnding.Failed)) End(ExitCode.Failed);
    });
}
