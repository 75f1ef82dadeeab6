using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Container registries: what only Premium has, and an admin user that is off.</summary>
internal sealed class RegistryRules : TypeRules
{
    private static readonly (string Path, string Value)[] PremiumOnly =
    [
        ("properties.zoneRedundancy", "Enabled"), ("properties.publicNetworkAccess", "Disabled"), ("properties.policies.retentionPolicy.status", "enabled"),
        ("properties.policies.exportPolicy.status", "disabled"), ("properties.encryption.status", "enabled"), ("properties.networkRuleSet.defaultAction", "Deny"),
    ];

    public override void Check(Write write)
    {
        if (write.IsNew && GlobalNames.IsTaken(write.World, write.Contract.Type, write.Id.Name, write.Id)) throw Write.Refuse(409, "AlreadyInUse", $"The registry DNS name {write.Id.Name.ToLowerInvariant()}.azurecr.io is already in use. You can check if the name is already claimed using following API: https://docs.microsoft.com/en-us/rest/api/containerregistry/registries/checknameavailability");
        var sku = write.Text("sku.name");
        var premium = PremiumOnly.FirstOrDefault(rule => rule.Value.Equals(write.Text(rule.Path), StringComparison.OrdinalIgnoreCase));
        if (sku != "Premium" && premium.Path is not null) throw Write.Refuse(400, "BadRequest", $"The SKU {sku} does not support {premium.Path} '{premium.Value}'; Premium does.", premium.Path);
        if (sku != "Premium" && Dotted.True(write.Wish, "properties.dataEndpointEnabled")) throw Write.Refuse(400, "BadRequest", $"The SKU {sku} does not support dedicated data endpoints; Premium does.", "properties.dataEndpointEnabled");
        if (sku == "Basic" && Dotted.True(write.Wish, "properties.anonymousPullEnabled")) throw Write.Refuse(400, "BadRequest", "The SKU Basic does not support anonymous pull; Standard and Premium do.", "properties.anonymousPullEnabled");
    }

    public override Exchange Pace(Write write, Exchange exchange) =>
        write.Text("sku.name") == "Premium" && write.IsNew ? exchange with { New = 201, Wait = "async", Retry = 10, Takes = 20 } : exchange;

    public override void Fill(Write write)
    {
        write.Document["sku"]!["tier"] = Dotted.Text(write.Document, "sku.name");
        write.Hidden["~passwords"] ??= new JsonArray(Password(), Password());
    }

    public override void Show(ArmWorld world, ArmRecord record, JsonObject copy, ArmRequest request) => PrivateConnections.Show(world, record, copy);

    public override ArmAnswer? Act(ArmWorld world, ArmRecord record, string action, ArmRequest request) => action switch
    {
        "listCredentials" => Credentials(record),
        "regenerateCredential" => Renew(world, record, Dotted.Text(request.Body, "name") == "password2" ? 1 : 0),
        "listUsages" => new(200, new JsonObject { ["value"] = new JsonArray(new JsonObject { ["name"] = "Size", ["limit"] = 10737418240, ["currentValue"] = 0, ["unit"] = "Bytes" }) }),
        _ => null,
    };

    private static ArmAnswer Renew(ArmWorld world, ArmRecord record, int which)
    {
        record.Hidden["~passwords"]![which] = Password();
        world.Save(record);
        return Credentials(record);
    }

    private static ArmAnswer Credentials(ArmRecord record)
    {
        if (!Dotted.True(record.Document, "properties.adminUserEnabled")) throw new ArmError(400, "UnAuthorizedForCredentialOperations", $"Cannot perform credential operations for {record.Id.Text} as admin user is disabled. Kindly enable admin user as per docs: https://docs.microsoft.com/en-us/azure/container-registry/container-registry-authentication#admin-account");
        var passwords = record.Hidden["~passwords"]!.AsArray();
        return new(200, new JsonObject
        {
            ["username"] = record.Id.Name,
            ["passwords"] = new JsonArray([.. passwords.Select((password, index) => new JsonObject { ["name"] = index == 0 ? "password" : "password2", ["value"] = password!.DeepClone() })]),
        });
    }

    private static JsonNode Password() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(39));
}
