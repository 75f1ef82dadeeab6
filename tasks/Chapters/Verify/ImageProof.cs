namespace DssPipeline.Chapters;

/// <summary>That the registry has the image that the machine has.</summary>
internal sealed class ImageProof(Deployment deployment, RegistryCopy copy) : Proof($"the {copy.Kind.Type} image is in the registry {copy.Host}")
{
    protected override async Task<ProofResult> ProveAsync(CancellationToken cancel)
    {
        if (deployment.Machine.Missing is { } missing) return NotProven($"what it would be called only the machine tells, and its inside is {missing}");
        if (!copy.IsAskable) return NotProven($"{copy.Host} is no registry of Azure, and is not asked");

        return await copy.LookAsync(cancel) switch
        {
            null => Failed($"The machine has no {copy.Kind.Type} image, so none was pushed. Build and push it by the task PushImages."),
            { Digest: null } seen => Failed($"The registry has no {seen.Name}. Push it by the task PushImages."),
            { IsSame: false } seen => Failed($"{seen.Name} is {seen.Digest} in the registry, which is another image than the machine has under that name ({seen.Id}). Somebody else pushed it; the task PushImages pushes ours again."),
            var seen => Proven($"{seen.Name} is {seen.Digest}, the image of the machine"),
        };
    }
}
