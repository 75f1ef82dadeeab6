using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>Keeps people from deleting the group, or anything in it, by accident. There exactly when policy.deleteLock asks for it.</summary>
public sealed class DeleteLock(Arm arm, Manifest manifest)
    : AzureResource(arm, manifest.Names.DeleteLock, "2020-05-01", manifest.Names.ResourceGroup)
{
    public override bool NeedsPermission => false;

    public override bool GuardsOthers => true;

    // Azure lets neither be changed: a lock is taken off and put on again.
    public override Comparison Comparison => base.Comparison with
    {
        Folded = [.. base.Comparison.Folded, "/properties/level"],
        Fixed = ["/properties/level", "/properties/notes"],
    };

    protected override JsonNode? Wish => manifest.Policy.DeleteLock
        ? Json.Of(new { properties = new { level = "CanNotDelete", notes = $"Made by dss-pipeline for {manifest.Name} (policy.deleteLock). Its Destroy target takes it off." } })
        : null;
}
