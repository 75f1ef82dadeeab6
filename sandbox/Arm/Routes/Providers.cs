using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Which namespaces a subscription may use; a fresh one must register nearly all of them.</summary>
internal static class Providers
{
    private static readonly string[] Others = ["Microsoft.MarketplaceOrdering", "Microsoft.Insights", "Microsoft.OperationalInsights"];

    private static readonly string[] AlwaysRegistered = ["Microsoft.Authorization", "Microsoft.Resources"];

    public static IReadOnlyList<string> Namespaces { get; } =
        [.. ContractCatalog.Contracts.Select(contract => contract.Namespace).Concat(Others).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)];

    public static string Spelled(string space) => Namespaces.FirstOrDefault(known => known.Equals(space, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArmError(404, "InvalidResourceNamespace", $"The resource namespace '{space}' is invalid.") { FromGateway = true };

    /// <summary>NotRegistered, Registering, Registered or Unregistered; asking lets a registration come to its end.</summary>
    public static string Registration(ArmWorld world, string space) =>
        AlwaysRegistered.Contains(space, StringComparer.OrdinalIgnoreCase) ? "Registered" : Dotted.Text(world.Look(Id(world, space).Text)?.Document, "properties.provisioningState") switch
        {
            "Succeeded" => "Registered",
            { } state => state,
            null => "NotRegistered",
        };

    public static ArmAnswer List(ArmWorld world, ArmRequest request) =>
        Pages.Of(world, request, [.. Namespaces.Select(space => (space, (Func<JsonNode>)(() => Show(world, space))))]);

    public static JsonObject Show(ArmWorld world, string space)
    {
        var name = Spelled(space);
        return new()
        {
            ["id"] = $"/subscriptions/{world.Options.SubscriptionId}/providers/{name}",
            ["namespace"] = name,
            ["resourceTypes"] = new JsonArray([.. ContractCatalog.Of(name).Select(contract => new JsonObject
            {
                ["resourceType"] = contract.ShortType,
                ["locations"] = new JsonArray([.. (contract.HasMember("location") ? Regions.All : []).Select(region => (JsonNode)region.Display)]),
                ["apiVersions"] = new JsonArray([.. contract.Versions.Select(version => (JsonNode)version)]),
                ["capabilities"] = contract.HasMember("tags") ? "SupportsTags, SupportsLocation" : "None",
            })]),
            ["registrationState"] = Registration(world, name),
            ["registrationPolicy"] = AlwaysRegistered.Contains(name, StringComparer.Ordinal) ? "RegistrationFree" : "RegistrationRequired",
        };
    }

    public static ArmAnswer Register(ArmWorld world, string space)
    {
        var name = Spelled(space);
        var state = Registration(world, name);
        if (state is "NotRegistered" or "Unregistered")
        {
            var id = Id(world, name);
            world.Save(id, new() { ["id"] = id.Text, ["properties"] = new JsonObject { ["provisioningState"] = "Registering" } });
            world.Operations.Begin(new() { Token = Guid.NewGuid().ToString(), Verb = "put", Target = id.Text, StatusPath = "", ResultPath = "", ApiVersion = "", Started = world.Now, Takes = 30 });
        }

        return new(200, Show(world, name));
    }

    public static ArmAnswer Unregister(ArmWorld world, string space)
    {
        var name = Spelled(space);
        if (world.Store.Records.Any(record => record.Id.Type.StartsWith(name + "/", StringComparison.OrdinalIgnoreCase)))
        {
            throw new ArmError(409, "CannotUnregisterRegistrationWithResources", $"The subscription still has resources of namespace '{name}'. Delete them first.") { FromGateway = true };
        }

        var id = Id(world, name);
        world.Save(id, new() { ["id"] = id.Text, ["properties"] = new JsonObject { ["provisioningState"] = "Unregistered" } });
        return new(200, Show(world, name));
    }

    private static ArmId Id(ArmWorld world, string space) => ArmId.Parse($"/subscriptions/{world.Options.SubscriptionId}/providers/DssPipeline.Sandbox/registrations/{space}")!;
}
