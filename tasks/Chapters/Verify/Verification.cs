using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>All proofs of a deployment, tried side by side.</summary>
internal sealed class Verification(Deployment deployment)
{
    private readonly ProofProject project = new(deployment.Dss, deployment.Needed());

    /// <summary>What became of each, in the order of the reference architecture. What the proofs needed for themselves is removed by then; a last one says so when it is not.</summary>
    /// <exception cref="OperationCanceledException">The run was ended; what the proofs needed for themselves is removed then too.</exception>
    public async Task<IReadOnlyList<ProofResult>> RunAsync(CancellationToken cancel)
    {
        var tried = TryAsync(cancel);
        await Task.WhenAny(tried);
        var left = await project.EndAsync();
        return [.. await tried, .. left];
    }

    private Task<ProofResult[]> TryAsync(CancellationToken cancel)
    {
        var proofs = new Proofs(deployment, project);
        LookAnew(proofs);
        return Task.WhenAll(proofs.All.Select(proof => proof.TryAsync(cancel)));
    }

    private void LookAnew(Proofs proofs)
    {
        deployment.Arm.LookAnew();
        deployment.Dss.LookAnew();
        deployment.Machine.LookAnew(proofs.Copies.Select(copy => copy.Original));
    }
}
