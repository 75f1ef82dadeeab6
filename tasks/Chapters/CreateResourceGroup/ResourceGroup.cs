using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The one resource group that everything lives in. It goes only when nothing of others is left inside.</summary>
/// <remarks>
/// What is inside is taken from ARM's list, which lags behind by a minute or more: what somebody makes while the group is being removed is not seen, and goes with it.
/// Nor is what has no place of its own in the list, such as role assignments and deployments of others at the group.
/// </remarks>
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
        var foreign = await ForeignersAsync(cancel);
        if (foreign is [])
        {
            await Arm.LetListCatchUpAsync(Address.Id, cancel);
            foreign = await ForeignersAsync(cancel);
        }

        if (foreign is []) return;

        throw new ProblemException(new Problem(
            "Resource group is not empty",
            $"{Address.Name} also holds what this deployment did not make: {string.Join(", ", foreign)}. The group was left as it is, with them in it. Move or remove them and run again, or keep the group."));
    }

    private async Task<IReadOnlyList<GroupMember>> ForeignersAsync(CancellationToken cancel) =>
        [.. (await GroupMembers.ListAsync(Arm, manifest, cancel)).Where(member => member.Deployment != manifest.Name && !member.IsMadeByAzure)];
}
