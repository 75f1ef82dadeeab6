namespace DssPipeline.Sandbox;

/// <summary>The registries that exist in Resource Manager; no other answers.</summary>
internal sealed class Registries(ArmStore store)
{
    public const string Suffix = ".azurecr.io";

    private const string Type = "Microsoft.ContainerRegistry/registries";

    public RegistryAccount? Find(string name)
    {
        lock (store.Gate)
        {
            var record = store.Type(Type).FirstOrDefault(record => !record.IsInvisible && record.Id.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            return record is null ? null : Read(record);
        }
    }

    // Who rehearses sits where the private endpoints are, as the runner of such a deployment must; without an endpoint nobody gets in.
    private bool HasEndpoint(ArmRecord registry) => store.Type("Microsoft.Network/privateEndpoints").Any(endpoint =>
        endpoint.Document["properties"]?["privateLinkServiceConnections"] is System.Text.Json.Nodes.JsonArray links
        && links.Any(link => $"{link?["properties"]?["privateLinkServiceId"]}".Equals(registry.Id.ToString(), StringComparison.OrdinalIgnoreCase)));

    private RegistryAccount Read(ArmRecord record) => new()
    {
        Id = record.Id,
        Name = record.Id.Name.ToLowerInvariant(),
        Born = Text(record, "creationDate") ?? "",
        Passwords = Dotted.True(record.Document, "properties.adminUserEnabled") && record.Hidden["~passwords"] is System.Text.Json.Nodes.JsonArray passwords ? [.. passwords.Select(password => (string)password!)] : [],
        AnonymousPull = Dotted.True(record.Document, "properties.anonymousPullEnabled"),
        ByRepository = Text(record, "roleAssignmentMode") == "AbacRepositoryPermissions",
        TakesArmTokens = Text(record, "policies.azureADAuthenticationAsArmPolicy.status") != "disabled",
        IsClosed = Text(record, "publicNetworkAccess") == "Disabled" && !HasEndpoint(record),
    };

    private static string? Text(ArmRecord record, string path) => Dotted.Text(record.Document, $"properties.{path}");
}
