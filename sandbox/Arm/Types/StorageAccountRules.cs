using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Storage accounts: endpoints, keys, and a blob service that is always there.</summary>
internal sealed class StorageAccountRules : TypeRules
{
    private static readonly string[] Services = ["blob", "dfs", "file", "queue", "table", "web"];

    public override void Check(Write write)
    {
        if (write.IsNew && GlobalNames.IsTaken(write.World, write.Contract.Type, write.Id.Name, write.Id)) throw Write.Refuse(409, "StorageAccountAlreadyTaken", $"The storage account named {write.Id.Name} is already taken.");
        if (write.Existing is { } kept) CheckMoves(write, kept);
        foreach (var rule in Dotted.Items(write.Wish, "properties.networkAcls.virtualNetworkRules")) NeedEndpoint(write, Dotted.Text(rule, "id")!);
        foreach (var rule in Dotted.Items(write.Wish, "properties.networkAcls.ipRules")) NeedPublic(write, Dotted.Text(rule, "value")!);
    }

    public override void Fill(Write write)
    {
        var (kind, sku) = (Dotted.Text(write.Document, "kind")!, Dotted.Text(write.Document, "sku.name")!);
        write.Document["sku"]!["tier"] = sku.Split('_')[0];
        var endpoints = new JsonObject();
        foreach (var service in Services.Where(service => kind is not ("BlockBlobStorage" or "BlobStorage") || service is "blob" or "dfs" or "web")) endpoints[service] = $"https://{write.Id.Name}.{service}.core.windows.net/";
        Dotted.Write(write.Document, "properties.primaryEndpoints", endpoints);
        foreach (var rule in Dotted.Items(write.Document, "properties.networkAcls.virtualNetworkRules"))
        {
            rule["action"] ??= "Allow";
            rule["state"] = "Succeeded";
        }

        foreach (var rule in Dotted.Items(write.Document, "properties.networkAcls.ipRules")) rule["action"] ??= "Allow";
        write.Hidden["~keys"] ??= new JsonObject { ["key1"] = Key(), ["key2"] = Key() };
    }

    public override void Saved(Write write)
    {
        if (!write.IsNew) return;
        var service = new Write(write.World, ContractCatalog.Find("Microsoft.Storage/storageAccounts/blobServices")!, write.Id.Child("blobServices", "default")) { Wish = new() { ["properties"] = new JsonObject() }, Caller = write.Caller, ApiVersion = write.ApiVersion };
        write.World.Save(Documents.Build(service));
    }

    public override void Show(ArmWorld world, ArmRecord record, JsonObject copy, ArmRequest request) => PrivateConnections.Show(world, record, copy);

    public override ArmAnswer? Act(ArmWorld world, ArmRecord record, string action, ArmRequest request) => action switch
    {
        "listKeys" => Keys(record),
        "regenerateKey" => Renew(world, record, Dotted.Text(request.Body, "keyName") ?? ""),
        _ => null,
    };

    private static void CheckMoves(Write write, ArmRecord kept)
    {
        var (oldKind, newKind) = (Dotted.Text(kept.Document, "kind"), write.Text("kind"));
        if (newKind is not null && newKind != oldKind && (oldKind, newKind) is not ("Storage", "StorageV2")) throw Write.Refuse(409, "PropertyChangeNotAllowed", $"The property 'kind' cannot be changed from {oldKind} to {newKind}.", "kind");

        var (oldSku, newSku) = (Dotted.Text(kept.Document, "sku.name")!, write.Text("sku.name"));
        if (newSku is not null && (IsZonal(oldSku) != IsZonal(newSku) || oldSku.Split('_')[0] != newSku.Split('_')[0])) throw Write.Refuse(409, "PropertyChangeNotAllowed", $"The property 'sku.name' cannot be changed from {oldSku} to {newSku}.", "sku.name");
    }

    private static bool IsZonal(string sku) => sku.Contains("ZRS", StringComparison.Ordinal);

    private static void NeedEndpoint(Write write, string subnet)
    {
        if (write.World.Record(subnet) is not { } record || Dotted.Items(record.Document, "properties.serviceEndpoints").Any(endpoint => Dotted.Text(endpoint, "service")?.StartsWith("Microsoft.Storage", StringComparison.OrdinalIgnoreCase) == true)) return;
        throw Write.Refuse(400, "SubnetsHaveNoServiceEndpointsConfigured", $"Subnets {record.Id.Name} of virtual network {record.Id.Parent!.Text} do not have ServiceEndpoints for Microsoft.Storage resources configured. Add Microsoft.Storage to subnet's ServiceEndpoints collection before trying to ACL Microsoft.Storage resources to these subnets..");
    }

    private static void NeedPublic(Write write, string rule)
    {
        if (!rule.StartsWith("10.", StringComparison.Ordinal) && !rule.StartsWith("192.168.", StringComparison.Ordinal) && !rule.StartsWith("172.16.", StringComparison.Ordinal)) return;
        throw Write.Refuse(400, "InvalidValuesForRequestParameters", "Values for request parameters are invalid: networkAcls.ipRule[*].value. For more information, see - https://aka.ms/storagenetworkruleset");
    }

    private static ArmAnswer Renew(ArmWorld world, ArmRecord record, string name)
    {
        if (record.Hidden["~keys"]![name] is null) throw new ArmError(400, "InvalidValuesForRequestParameters", "Values for request parameters are invalid: keyName.");
        record.Hidden["~keys"]![name] = Key();
        Dotted.Write(record.Document, $"properties.keyCreationTime.{name}", world.Timestamp);
        world.Save(record);
        return Keys(record);
    }

    private static ArmAnswer Keys(ArmRecord record) => new(200, new JsonObject
    {
        ["keys"] = new JsonArray([.. record.Hidden["~keys"]!.AsObject().Select(key => new JsonObject
        {
            ["creationTime"] = Dotted.Text(record.Document, $"properties.keyCreationTime.{key.Key}"),
            ["keyName"] = key.Key,
            ["value"] = key.Value!.DeepClone(),
            ["permissions"] = "FULL",
        })]),
    });

    private static JsonNode Key() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));
}
