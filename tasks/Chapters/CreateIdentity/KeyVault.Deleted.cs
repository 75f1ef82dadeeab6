using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>What happens when a deleted vault still holds the name: ours is recovered with its secrets, another's is told about.</summary>
public sealed partial class KeyVault
{
    // Between look and change there is only the engine, which asks for objections right after each look.
    private JsonNode? deleted;

    private string DeletedPath =>
        $"{manifest.Names.SubscriptionPath}/providers/Microsoft.KeyVault/locations/{manifest.Azure.Location}/deletedVaults/{Address.Name}";

    private bool IsDeletedOurs =>
        string.Equals(Pointer.At(deleted, "/properties/vaultId")?.ToString(), Address.Id, StringComparison.OrdinalIgnoreCase)
        && Pointer.At(deleted, $"/properties/tags/{Pointer.Escape(Planes.Ownership.DeploymentTag)}")?.ToString() == Arm.Deployment;

    public override async Task ApplyAsync(Change change, CancellationToken cancel)
    {
        if (change.Verb is Verb.Create or Verb.Replace && deleted is not null) await RecoverAsync(change, cancel);
        else await base.ApplyAsync(change, cancel);
    }

    protected override async Task<JsonNode?> LookAsync(CancellationToken cancel)
    {
        var present = await base.LookAsync(cancel);
        deleted = present is null ? await Arm.GetAsync(DeletedPath, ApiVersion, cancel) : null;
        return present;
    }

    /// <summary>A recovered vault is as it was before it was deleted, so what the manifest wishes by now is written after that.</summary>
    private async Task RecoverAsync(Change change, CancellationToken cancel)
    {
        var body = Json.Of(new
        {
            location = manifest.Azure.Location,
            properties = new { createMode = "recover", tenantId = manifest.Azure.Tenant, sku = new { family = "A", name = "standard" } },
        });
        await Arm.PutAsync(Address.Id, ApiVersion, body, cancel);
        await base.ApplyAsync(change with { Verb = Verb.Update }, cancel);
    }

    private Problem? Taken(Verb verb) => verb is not Verb.Create || deleted is null || IsDeletedOurs ? null : new Problem(
        "Name taken by a deleted vault",
        $"identity.keyVault.name is \"{Address.Name}\". A vault of that name, which was not this deployment's, was deleted on {Day("deletionDate")} and is kept until {Day("scheduledPurgeDate")}. "
        + "Choose another name, or, if nobody needs its secrets any more, purge it with:")
    {
        Place = manifest.Places.Of("/identity/keyVault/name")?.ToString(),
        Command = $"az keyvault purge --name {Address.Name} --location {manifest.Azure.Location}",
    };

    private string Day(string member) =>
        DateTimeOffset.TryParse(Pointer.At(deleted, $"/properties/{member}")?.ToString(), out var day) ? $"{day:d MMMM yyyy}" : "an unknown day";
}
