using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>What an account, a vault or a registry sees of the private endpoints that lead to it.</summary>
internal static class PrivateConnections
{
    private const string State = "properties.privateLinkServiceConnectionState.";

    private static readonly string[] Lists = ["properties.privateLinkServiceConnections", "properties.manualPrivateLinkServiceConnections"];

    public static void Show(ArmWorld world, ArmRecord record, JsonObject copy)
    {
        var connections =
            from endpoint in world.Of("Microsoft.Network/privateEndpoints")
            from list in Lists
            from connection in Dotted.Items(endpoint.Document, list)
            where record.Id.Text.Equals(Dotted.Text(connection, "properties.privateLinkServiceId"), StringComparison.OrdinalIgnoreCase)
            select One(record, endpoint, connection);
        Dotted.Write(copy, "properties.privateEndpointConnections", new JsonArray([.. connections]));
    }

    private static JsonObject One(ArmRecord record, ArmRecord endpoint, JsonObject connection) => new JsonObject
    {
        ["id"] = $"{record.Id.Text}/privateEndpointConnections/{endpoint.Id.Name}.{Dotted.Text(connection, "name")}",
        ["properties"] = new JsonObject
        {
            ["privateEndpoint"] = new JsonObject { ["id"] = endpoint.Id.Text },
            ["privateLinkServiceConnectionState"] = new JsonObject { ["status"] = Dotted.Text(connection, State + "status"), ["description"] = Dotted.Text(connection, State + "description") },
            ["provisioningState"] = endpoint.State == "Creating" ? "Creating" : "Succeeded",
        },
    };
}
