using System.Text.Json.Nodes;
using DssPipeline.Chapters;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>How somebody bends a resource of each kind from outside.</summary>
internal static class Bend
{
    /// <summary>What is never bent, and why.</summary>
    private static readonly Dictionary<string, string> Exceptions = new(StringComparer.Ordinal)
    {
        ["provider"] = "Azure does not unregister a provider while the subscription holds anything of it.",
    };

    private static readonly Dictionary<string, Func<Somebody, ArmAddress, Task>> Ways = new(StringComparer.Ordinal)
    {
        ["resourceGroup"] = WithoutTags,
        ["virtualNetwork"] = WithoutTags,
        ["subnet"] = LooseAsync,
        ["privateEndpoint"] = Gone,
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
        ["disk"] = (who, at) => who.PatchAsync(at.Id, at.ApiVersion, new { properties = new { networkAccessPolicy = "AllowAll" } }),
        ["virtualMachine"] = SmallerAsync,
        ["storageAccount"] = (who, at) => who.PatchAsync(at.Id, at.ApiVersion, new { properties = new { allowBlobPublicAccess = true, minimumTlsVersion = "TLS1_0" } }),
        ["blobService"] = (who, at) => who.PutAsync(at.Id, at.ApiVersion, new { properties = new { deleteRetentionPolicy = new { enabled = false } } }),
        ["blobContainer"] = Gone,
        ["lifecyclePolicy"] = Gone,
        ["managedCluster"] = (who, at) => RewriteAsync(who, at, body => body["properties"]!["autoUpgradeProfile"]!["upgradeChannel"] = "rapid"),
        ["agentPool"] = LargerAsync,
        ["marketplaceTerms"] = (who, at) => RewriteAsync(who, at, body => body["properties"]!["accepted"] = false),
    };

    /// <summary>Whether the run is to repair it: all that it makes and that is to be there, save the exceptions. What others own is only looked at.</summary>
    public static bool Has(Resource resource) => resource is { Id.Plane: "azure", Desired: not null } and not Existing && !Exceptions.ContainsKey(resource.Id.Kind);

    public static Task Async(Somebody who, Resource resource) => Ways.TryGetValue(resource.Id.Kind, out var way)
        ? way(who, ((ArmResource)resource).Address)
        : throw new InvalidOperationException($"Nobody knows how to bend a {resource.Id.Kind}: add a way, or an exception with its reason.");

    private static Task WithoutTags(Somebody who, ArmAddress at) => who.PatchAsync(at.Id, at.ApiVersion, new { tags = new JsonObject { [Ownership.DeploymentTag] = null } });

    private static Task Gone(Somebody who, ArmAddress at) =>
        at.ResourceGroup is { } group && !at.Type.EndsWith("/locks", StringComparison.OrdinalIgnoreCase) ? who.DeleteUnderLocksAsync(at.Id, group, at.ApiVersion) : who.DeleteAsync(at.Id, at.ApiVersion);

    /// <summary>Takes its guard off; of a subnet without one there is nothing to bend but that it is there.</summary>
    private static async Task LooseAsync(Somebody who, ArmAddress at)
    {
        var properties = Pointer.At(await who.GetAsync(at.Id, at.ApiVersion), "/properties");
        if (properties!["networkSecurityGroup"] is not null) await RewriteAsync(who, at, body => ((JsonObject)body["properties"]!).Remove("networkSecurityGroup"));
        else await Gone(who, at);
    }

    private static async Task SmallerAsync(Somebody who, ArmAddress at)
    {
        await who.PostAsync($"{at.Id}/deallocate", at.ApiVersion);
        await who.PatchAsync(at.Id, at.ApiVersion, new { properties = new { hardwareProfile = new { vmSize = "Standard_D2s_v5" } } });
        await who.PostAsync($"{at.Id}/start", at.ApiVersion);
    }

    /// <summary>One node more; where the autoscaler says how many there are, one more that it may have.</summary>
    private static Task LargerAsync(Somebody who, ArmAddress at) => RewriteAsync(who, at, body =>
    {
        var properties = (JsonObject)body["properties"]!;
        var member = properties["enableAutoScaling"]?.GetValue<bool>() is true ? "maxCount" : "count";
        properties[member] = properties[member]!.GetValue<int>() + 1;
    });

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
