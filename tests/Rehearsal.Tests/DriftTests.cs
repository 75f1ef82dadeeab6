using System.Text.Json.Nodes;
using DssPipeline.Chapters;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>What somebody bends from outside is named by Drift, resource and property, and repaired by Deploy.</summary>
public sealed class DriftTests(FirstRun first)
{
    private static readonly Names Names = Stage.Reference.Names;

    private static string Account => Names.For(Stage.Reference.Adls[0]).StorageAccount.Path;

    [Fact]
    public async Task Everything_bent_is_named_and_repaired()
    {
        using var stage = first.Copy();
        await stage.BendAsync(BendAsync);
        var bent = stage.Writes;

        var drift = await stage.RunAsync("--target", "Drift");
        var looked = stage.Writes;
        var deploy = await stage.RunAsync();
        var after = await stage.RunAsync("--target", "Drift");

        drift.Ends(2)
            .Says("~ azure/virtualNetwork/vnet-reference").Says("/tags/owner: (absent) → data-platform")
            .Says("~ azure/registry/crreference").Says("/sku/name: Basic → Standard")
            .Says("+ azure/blobContainer/streference/raw")
            .Says("- azure/roleAssignment/streference/").Says("/StorageBlobDataOwner")
            .Says("~ azure/networkSecurityGroup/nsg-reference").Says("/properties/securityRules/open-to-all: ");
        Assert.Equal(bent, looked);
        deploy.Ends(0);
        after.Ends(0);
    }

    [Fact]
    public async Task What_others_made_is_no_drift()
    {
        using var stage = first.Copy();
        await stage.BendAsync(async somebody =>
        {
            await somebody.PatchAsync(Names.ResourceGroup.Path, "2025-04-01", new { tags = new { costCentre = "42" } });
            await somebody.PutAsync($"{Names.ResourceGroup.Path}/providers/Microsoft.Compute/disks/disk-of-others", "2025-01-02", Disk());
            await somebody.PutAsync($"{Account}/providers/Microsoft.Authorization/roleAssignments/11111111-2222-4333-8444-555555555555", "2022-04-01", Role("99999999-0000-4000-8000-000000000009", "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"));
        });

        var drift = await stage.RunAsync("--target", "Drift");

        drift.Ends(0);
    }

    private static async Task BendAsync(Somebody somebody)
    {
        var group = (await somebody.GetAsync(Names.SecurityGroup.Path, "2025-01-01"))!;
        group["properties"]!["securityRules"]!.AsArray().Add(OpenToAll());

        await somebody.PatchAsync(Names.VirtualNetwork.Path, "2025-01-01", new { tags = new JsonObject { ["owner"] = null } });
        await somebody.PatchAsync(Names.Registry.Path, "2025-11-01", new { sku = new { name = "Basic" } });
        await somebody.DeleteAsync($"{Account}/blobServices/default/containers/raw", "2025-06-01");
        await somebody.PutAsync($"{Account}/providers/Microsoft.Authorization/roleAssignments/11111111-2222-4333-8444-555555555555", "2022-04-01", Role(Stage.Reference.Identity.ServicePrincipal!.ObjectId, "b7e6dc6d-f1e8-4753-8033-0f276bb0955b"));
        await somebody.PutAsync(Names.SecurityGroup.Path, "2025-01-01", new { location = Stage.Reference.Azure.Location, tags = group["tags"], properties = new { securityRules = group["properties"]!["securityRules"] } });
    }

    private static object Role(string principal, string role) => new
    {
        properties = new { principalId = principal, principalType = "ServicePrincipal", roleDefinitionId = $"{Names.SubscriptionPath}/providers/Microsoft.Authorization/roleDefinitions/{role}" },
    };

    private static object Disk() => new { location = Stage.Reference.Azure.Location, sku = new { name = "Standard_LRS" }, properties = new { creationData = new { createOption = "Empty" }, diskSizeGB = 8 } };

    private static JsonObject OpenToAll() => new()
    {
        ["name"] = "open-to-all",
        ["properties"] = new JsonObject
        {
            ["priority"] = 4000,
            ["direction"] = "Inbound",
            ["access"] = "Allow",
            ["protocol"] = "*",
            ["sourceAddressPrefix"] = "*",
            ["sourcePortRange"] = "*",
            ["destinationAddressPrefix"] = "*",
            ["destinationPortRange"] = "*",
        },
    };
}
