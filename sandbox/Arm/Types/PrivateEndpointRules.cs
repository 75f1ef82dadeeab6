using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Private endpoints: an interface of their own in the subnet, and a connection the target's owner approves.</summary>
internal sealed class PrivateEndpointRules : TypeRules
{
    private static readonly string[] Lists = ["properties.privateLinkServiceConnections", "properties.manualPrivateLinkServiceConnections"];

    public override void Check(Write write)
    {
        if (write.Text("properties.subnet.id") is null) throw Write.Refuse(400, "InvalidParameter", $"Private endpoint {write.Id.Name} names no subnet.", "properties.subnet");
        var connections = Lists.SelectMany(list => Dotted.Items(write.Wish, list)).ToList();
        if (connections.Count == 0) throw Write.Refuse(400, "InvalidParameter", $"Private endpoint {write.Id.Name} connects to nothing.", "properties.privateLinkServiceConnections");

        foreach (var target in connections.Select(connection => write.World.Record(Dotted.Text(connection, "properties.privateLinkServiceId"))))
        {
            if (target?.Id.Type == "Microsoft.ContainerRegistry/registries" && Dotted.Text(target.Document, "sku.name") != "Premium") throw Write.Refuse(400, "BadRequest", $"Registry {target.Id.Name} must have the Premium SKU for private endpoints.");
        }
    }

    public override void Fill(Write write)
    {
        foreach (var list in Lists)
        {
            foreach (var connection in Dotted.Items(write.Document, list))
            {
                connection["id"] = $"{write.Id.Text}/{list.Split('.')[1]}/{Dotted.Text(connection, "name")}";
                connection["type"] = $"Microsoft.Network/privateEndpoints/{list.Split('.')[1]}";
                connection["etag"] = Dotted.Text(write.Document, "etag");
                Dotted.Write(connection, "properties.provisioningState", "Succeeded");
                Dotted.Write(connection, "properties.privateLinkServiceConnectionState", State(list == Lists[0]));
            }
        }

        Dotted.Write(write.Document, "properties.networkInterfaces", write.Once("properties.networkInterfaces", () => new JsonArray(new JsonObject { ["id"] = CardId(write).Text })));
    }

    public override void Saved(Write write)
    {
        if (!write.IsNew) return;
        var id = ArmId.Parse(Dotted.Text(Dotted.Items(write.Document, "properties.networkInterfaces").First(), "id"))!;
        var card = new Write(write.World, ContractCatalog.Find(id.Type)!, id) { Wish = Card(write), Caller = write.Caller, ApiVersion = write.ApiVersion };
        var record = Documents.Build(card);
        record.Hidden["endpoint"] = write.Id.Text;
        write.World.Save(record);
    }

    public override void Gone(ArmWorld world, ArmRecord record)
    {
        foreach (var card in Dotted.Items(record.Document, "properties.networkInterfaces").Select(link => world.Record(Dotted.Text(link, "id"))).OfType<ArmRecord>()) world.Remove(card);
    }

    private static ArmId CardId(Write write) =>
        write.Id.Parent!.Provider("Microsoft.Network/networkInterfaces", write.Text("properties.customNetworkInterfaceName") is { Length: > 0 } custom ? custom : $"{write.Id.Name}.nic.{Guid.NewGuid()}");

    private static JsonObject Card(Write write) => new()
    {
        ["location"] = write.Text("location"),
        ["properties"] = new JsonObject
        {
            ["ipConfigurations"] = new JsonArray(new JsonObject
            {
                ["name"] = "privateEndpointIpConfig",
                ["properties"] = new JsonObject { ["subnet"] = Dotted.Read(write.Wish, "properties.subnet")!.DeepClone() },
            }),
        },
    };

    private static JsonObject State(bool approved) => new()
    {
        ["status"] = approved ? "Approved" : "Pending",
        ["description"] = approved ? "Auto-Approved" : "Awaiting approval",
        ["actionsRequired"] = "None",
    };
}
