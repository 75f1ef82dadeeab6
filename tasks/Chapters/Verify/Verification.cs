using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>All proofs of a deployment, tried side by side.</summary>
internal sealed class Verification(Deployment deployment)
{
    /// <summary>What became of each, in the order of the reference architecture. What the proofs needed for themselves is removed by then; a last one says so when it is not.</summary>
    public async Task<IReadOnlyList<ProofResult>> RunAsync(CancellationToken cancel)
    {
        var project = new ProofProject(deployment.Dss, deployment.Needed());
        IReadOnlyList<ProofResult> results = [];
        try
        {
            results = await TryAsync(new Proofs(deployment, project), cancel);
        }
        finally
        {
            results = [.. results, .. await project.EndAsync()];
        }

        return results;
    }

    private Task<ProofResult[]> TryAsync(Proofs proofs, CancellationToken cancel)
    {
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
