using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>All proofs of a deployment, tried side by side.</summary>
internal sealed class Verification(Deployment deployment)
{
    /// <summary>What became of each, in the order of the reference architecture. What the proofs needed for themselves is removed by then.</summary>
    public async Task<IReadOnlyList<ProofResult>> RunAsync(CancellationToken cancel)
    {
        await using var project = new ProofProject(deployment.Dss, deployment.Needed());
        var proofs = new Proofs(deployment, project);
        LookAnew(proofs);
        return await Task.WhenAll(proofs.All.Select(proof => proof.TryAsync(cancel)));
    }

    private void LookAnew(Proofs proofs)
    {
        deployment.Arm.LookAnew();
        deployment.Dss.LookAnew();
        deployment.Machine.LookAnew(proofs.Copies.Select(copy => copy.Original));
    }
}
