using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>What ARM lists as being in the resource group: what has a place of its own, not what is inside of that.</summary>
public static class GroupMembers
{
    public const string ApiVersion = "2025-04-01";

    public static async Task<IReadOnlyList<GroupMember>> ListAsync(Arm arm, Manifest manifest, CancellationToken cancel) =>
        [.. (await arm.ListAsync($"{manifest.Names.ResourceGroup.Path}/resources", ApiVersion, cancel)).Select(item => new GroupMember(
            Pointer.At(item, "/id")?.ToString() ?? "",
            Pointer.At(item, "/type")?.ToString() ?? "",
            Ownership.DeploymentOf(item)))];
}

/// <summary>One resource of the group.</summary>
/// <param name="Path">ARM id.</param>
/// <param name="Deployment">The deployment whose tag it carries.</param>
public sealed record GroupMember(string Path, string Type, string? Deployment)
{
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>The network interface of a private endpoint comes and goes with it, but stays listed a little longer.</summary>
    public bool IsMadeByAzure =>
        Type.Equals("Microsoft.Network/networkInterfaces", StringComparison.OrdinalIgnoreCase) && Name.Contains(".nic.", StringComparison.OrdinalIgnoreCase);

    public override string ToString() => $"{Name} ({Type})";
}
