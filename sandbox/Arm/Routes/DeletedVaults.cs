using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Vaults that were deleted and still hold their names.</summary>
internal static class DeletedVaults
{
    public const string Type = "Microsoft.KeyVault/locations/deletedVaults";

    public static ArmRecord? Find(ArmWorld world, string name)
    {
        Expire(world);
        return world.Of(Type).FirstOrDefault(record => record.Id.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    public static ArmAnswer List(ArmWorld world, ArmRequest request)
    {
        Precautions.NeedRegistration(world, request.Id!, "Microsoft.KeyVault");
        Expire(world);
        return Pages.Of(world, request, [.. world.Of(Type).Select(record => (record.Id.Key, (Func<JsonNode>)(() => record.Document.DeepClone())))]);
    }

    public static ArmAnswer Answer(ArmWorld world, ArmRequest request)
    {
        Precautions.NeedRegistration(world, request.Id!, "Microsoft.KeyVault");
        Expire(world);
        var record = world.Look(request.Id!.Text) ?? throw new ArmError(404, "DeletedVaultNotFound", $"The specified deleted vault '{request.Id.Name}' does not exist.");
        return (request.Method, request.Rest) switch
        {
            ("GET", []) => new(200, record.Document.DeepClone()),
            ("POST", ["purge"]) => Purge(world, request, record),
            _ => throw new ArmError(405, "MethodNotAllowed", $"A deleted vault cannot be asked to {request.Method}.") { FromGateway = true },
        };
    }

    /// <summary>A vault that has left its group goes on here, with what it held.</summary>
    public static void Add(ArmWorld world, ArmRecord vault)
    {
        var (location, days) = (Dotted.Text(vault.Document, "location")!, Dotted.Number(vault.Document, "properties.softDeleteRetentionInDays") ?? 90);
        var id = ArmId.Parse($"/subscriptions/{vault.Id.Subscription}/providers/Microsoft.KeyVault/locations/{location}/deletedVaults/{vault.Id.Name}")!;
        world.Store.Save(new ArmRecord(id, new()
        {
            ["id"] = id.Text,
            ["name"] = vault.Id.Name,
            ["type"] = "Microsoft.KeyVault/deletedVaults",
            ["properties"] = new JsonObject
            {
                ["vaultId"] = vault.Id.Text,
                ["location"] = location,
                ["deletionDate"] = world.Now.ToString("O"),
                ["scheduledPurgeDate"] = world.Now.AddDays(days).ToString("O"),
                ["tags"] = vault.Document["tags"]?.DeepClone(),
                ["purgeProtectionEnabled"] = Dotted.True(vault.Document, "properties.enablePurgeProtection") ? true : null,
            },
        }, new()
        {
            ["vault"] = vault.Document.DeepClone(),
            ["secrets"] = new JsonArray([.. world.Children(vault.Id, "secrets").Select(secret => new JsonObject { ["name"] = secret.Id.Name, ["document"] = secret.Document.DeepClone(), ["hidden"] = secret.Hidden.DeepClone() })]),
        }));
    }

    private static ArmAnswer Purge(ArmWorld world, ArmRequest request, ArmRecord record)
    {
        if (Dotted.True(record.Document, "properties.purgeProtectionEnabled")) throw new ArmError(405, "MethodNotAllowed", $"Operation 'DeletedVaultPurge' is not allowed: the vault '{record.Id.Name}' has purge protection.");
        var operation = Polling.Begin(world, request, record, "delete", new Exchange { Retry = 5, Takes = 15 });
        return Polling.Announce(world, new(202), request, operation, "location");
    }

    private static void Expire(ArmWorld world)
    {
        foreach (var record in world.Of(Type).Where(record => DateTimeOffset.Parse(Dotted.Text(record.Document, "properties.scheduledPurgeDate")!) <= world.Now).ToList()) world.Store.Drop(record);
    }
}
