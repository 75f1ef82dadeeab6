using System.Collections.Frozen;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>The tags that say which deployment made a thing.</summary>
public static class Ownership
{
    public const string DeploymentTag = "dss-pipeline:deployment";
    public const string TaskTag = "dss-pipeline:task";

    private static readonly FrozenSet<string> Untagged = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Microsoft.Network/virtualNetworks/subnets",
        "Microsoft.Network/networkSecurityGroups/securityRules",
        "Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
        "Microsoft.Authorization/roleAssignments",
        "Microsoft.Authorization/roleDefinitions",
        "Microsoft.Authorization/locks",
        "Microsoft.Storage/storageAccounts/blobServices",
        "Microsoft.Storage/storageAccounts/blobServices/containers",
        "Microsoft.Storage/storageAccounts/managementPolicies",
        "Microsoft.ContainerService/managedClusters/agentPools",
        "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials",
        "Microsoft.Resources/providers",
        "Microsoft.MarketplaceOrdering/offerTypes/publishers/offers/plans/agreements");

    public static bool TakesTags(string type) => !Untagged.Contains(type);

    /// <summary>The deployment that an observed thing says it belongs to; null when it says nothing.</summary>
    public static string? DeploymentOf(JsonNode? observed) =>
        Pointer.Member(Pointer.At(observed, "/tags") as JsonObject, DeploymentTag)?.ToString();

    /// <summary>Tags of the manifest, then those of the wish, then ours.</summary>
    internal static JsonObject Tags(Arm arm, string? task, JsonObject? wished)
    {
        var tags = new JsonObject();
        foreach (var (name, value) in arm.Tags) tags[name] = value;
        foreach (var (name, value) in wished ?? []) tags[name] = value?.DeepClone();
        tags[DeploymentTag] = arm.Deployment;
        if (task is not null) tags[TaskTag] = task;
        return tags;
    }

    /// <summary>Why a thing must be left alone; null when it is ours, or nobody's and about to be adopted.</summary>
    public static Problem? Objection(string subject, string deployment, Verb verb, JsonNode? observed) => DeploymentOf(observed) switch
    {
        null when verb is Verb.Delete or Verb.Replace => new Problem(
            "Not made by this deployment",
            $"{subject} would be removed, but carries no tag {DeploymentTag}, so somebody else may have made it. Remove it by hand, or give it the tag with the value {deployment}."),
        { } owner when owner != deployment => new Problem(
            "Belongs to another deployment",
            $"{subject} carries the tag {DeploymentTag} with the value {owner}, and this is {deployment}. Two deployments would undo each other's work. Choose another name in the manifest, or remove the tag if {owner} is gone."),
        _ => null,
    };
}
