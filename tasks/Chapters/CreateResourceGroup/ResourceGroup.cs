using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The one resource group that everything lives in. It goes only when nothing of others is left inside.</summary>
public sealed class ResourceGroup(Arm arm, Manifest manifest)
    : AzureResource(arm, manifest.Names.ResourceGroup, GroupMembers.ApiVersion, host: null)
{
    /// <summary>Nothing can be made before its provider is registered, and everything is made in the group.</summary>
    public override IReadOnlyList<ResourceId> After => [.. NeededProviders.Of(manifest).Select(ResourceProvider.IdOf)];

    public override Comparison Comparison => base.Comparison with { Fixed = ["/location"] };

    protected override UpdateStyle UpdateStyle => UpdateStyle.Patch;

    protected override JsonNode Wish => Json.Of(new { location = manifest.Azure.Location });

    public override async Task ApplyAsync(Change change, CancellationToken cancel)
    {
        if (change.Verb is Verb.Delete or Verb.Replace) await RefuseForeignersAsync(cancel);
        await base.ApplyAsync(change, cancel);
    }

    private async Task RefuseForeignersAsync(CancellationToken cancel)
    {
        var members = await GroupMembers.ListAsync(Arm, manifest, cancel);
        var foreign = members.Where(member => member.Deployment != manifest.Name && !member.IsMadeByAzure).Select(member => member.ToString()).ToList();
        if (foreign is []) return;

        throw new ProblemException(new Problem(
            "Resource group is not empty",
            $"{Address.Name} also holds what this deployment did not make: {string.Join(", ", foreign)}. The group was left as it is, with them in it. Move or remove them and run again, or keep the group."));
    }
}
