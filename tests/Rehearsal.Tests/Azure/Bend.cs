using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>How somebody bends a resource of each kind from outside.</summary>
internal static class Bend
{
    /// <summary>Kinds that nobody can bend from outside: what others own, and what Azure does not take back.</summary>
    public static bool Has(Resource resource) => resource is ArmResource { Desired: not null } && Ways.ContainsKey(resource.Id.Kind);

    private static readonly Dictionary<string, Func<Somebody, ArmAddress, Task>> Ways = new(StringComparer.Ordinal)
    {
        ["resourceGroup"] = WithoutTags,
        ["virtualNetwork"] = WithoutTags,
        ["networkSecurityGroup"] = OpenToAll,
        ["publicIPAddress"] = WithoutTags,
        ["networkInterface"] = WithoutTags,
        ["userAssignedIdentity"] = WithoutTags,
        ["privateDnsZone"] = WithoutTags,
        ["privateDnsLink"] = Gone,
        ["privateDnsZoneGroup"] = Gone,
        ["keyVault"] = (who, at) => who.PatchAsync(at.Id, at.ApiVersion, new { properties = new { enableRbacAuthorization = false } }),
        ["registry"] = (who, at) => who.PatchAsync(at.Id, at.ApiVersion, new { properties = new { adminUserEnabled = true } }),
        ["roleAssignment"] = Gone,
        ["lock"] = Gone,
        ["disk"] = WithoutTags,
        ["virtualMachine"] = WithoutTags,
        ["storageAccount"] = (who, at) => who.PatchAsync(at.Id, at.ApiVersion, new { properties = new { allowBlobPublicAccess = true } }),
        ["blobService"] = (who, at) => who.PutAsync(at.Id, at.ApiVersion, new { properties = new { deleteRetentionPolicy = new { enabled = false } } }),
        ["blobContainer"] = Gone,
        ["lifecyclePolicy"] = Gone,
        ["managedCluster"] = WithoutTags,
        ["agentPool"] = (who, at) => RewriteAsync(who, at, body => body["properties"]!["nodeLabels"] = new JsonObject { ["extra"] = "label" }),
        ["marketplaceTerms"] = (who, at) => RewriteAsync(who, at, body => body["properties"]!["accepted"] = false),
    };

    public static Task Async(Somebody who, Resource resource) => Ways[resource.Id.Kind](who, ((ArmResource)resource).Address);

    private static Task WithoutTags(Somebody who, ArmAddress at) => who.PatchAsync(at.Id, at.ApiVersion, new { tags = new JsonObject { [Ownership.DeploymentTag] = null } });

    private static Task Gone(Somebody who, ArmAddress at) => who.DeleteAsync(at.Id, at.ApiVersion);

    private static async Task RewriteAsync(Somebody who, ArmAddress at, Action<JsonNode> bend)
    {
        var body = (await who.GetAsync(at.Id, at.ApiVersion))!;
        bend(body);
        await who.PutAsync(at.Id, at.ApiVersion, body);
    }

    private static async Task OpenToAll(Somebody who, ArmAddress at)
    {
        var body = (await who.GetAsync(at.Id, at.ApiVersion))!;
        var rule = new { priority = 300, direction = "Inbound", access = "Allow", protocol = "*", sourceAddressPrefix = "*", sourcePortRange = "*", destinationAddressPrefix = "*", destinationPortRange = "*" };
        await who.PutAsync(at.Id, at.ApiVersion, new { location = body["location"]!.ToString(), tags = body["tags"], properties = new { securityRules = new[] { new { name = "let-me-in", properties = rule } } } });
    }
}
