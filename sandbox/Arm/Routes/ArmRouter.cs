using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Finds who answers a path.</summary>
internal sealed class ArmRouter(ArmWorld world)
{
    private readonly ResourceRoutes resources = new(world);
    private readonly Lists lists = new(world);
    private readonly Actions actions = new(world);
    private readonly Inventory inventory = new(world);
    private readonly TagsEndpoint tags = new(world);
    private readonly RoleRoutes roles = new(world);

    public ArmAnswer Answer(ArmRequest request)
    {
        Precautions.NeedVersion(request);
        Precautions.NeedSubscription(world, request.Id);
        return request switch
        {
            { Id: null } => OfTenant(request),
            { Rest: ["operationresults", _] } => Polling.Answer(world, request, LastSegment(request)),
            { Id.Type: "Microsoft.Resources/subscriptions" } => OfSubscription(request),
            _ => OfResource(request),
        };
    }

    private ArmAnswer OfTenant(ArmRequest request) => (request.Method, request.Rest) switch
    {
        ("GET", ["subscriptions"]) => Pages.Of(world, request, [(world.Options.SubscriptionId, () => Subscriptions.Show(world))]),
        ("GET", ["tenants"]) => Pages.Of(world, request, [(world.Options.TenantId, () => Subscriptions.Tenant(world))]),
        ("GET", ["providers", "microsoft.authorization", "roledefinitions"]) => roles.Definitions(request, null),
        _ => throw NotFound(request),
    };

    private ArmAnswer OfSubscription(ArmRequest request) => (request.Method, request.Rest) switch
    {
        ("GET", []) => new(200, Subscriptions.Show(world)),
        ("GET", ["locations"]) => Subscriptions.Locations(world, request),
        ("GET", ["providers"]) => Providers.List(world, request),
        ("GET", ["providers", var space]) => new(200, Providers.Show(world, space)),
        ("POST", ["providers", var space, "register"]) => Providers.Register(world, space),
        ("POST", ["providers", var space, "unregister"]) => Providers.Unregister(world, space),
        ("POST", ["providers", var space, "checknameavailability"]) => GlobalNames.Check(world, request, Providers.Spelled(space)),
        ("GET", ["resourcegroups"]) => inventory.Groups(request),
        ("GET", ["resources"]) => inventory.Resources(request),
        ("GET", ["providers", "microsoft.compute", "skus"]) => Offers.Sizes(world, request),
        ("GET", ["providers", "microsoft.keyvault", "deletedvaults"]) => DeletedVaults.List(world, request),
        _ => OfCollection(request),
    };

    private ArmAnswer OfResource(ArmRequest request)
    {
        var id = request.Id!;
        if (ContractCatalog.Find(id.Type) is { } contract) return OfContract(request, contract);

        var kind = id.Type.ToLowerInvariant();
        var word = kind[(kind.LastIndexOf('/') + 1)..];
        return word switch
        {
            "operations" or "operationresults" or "diskoperations" or "diskoperationresults" or "asyncoperations" or "privatednsoperationstatuses" or "privatednsoperationresults" when request.Method == "GET" => Polling.Answer(world, request, LastSegment(request)),
            "locations" => Offers.InRegion(world, request),
            "deletedvaults" => DeletedVaults.Answer(world, request),
            _ when Images.Concerns(id) => Images.Answer(world, request),
            "agreements" => Agreements.Answer(world, request),
            "tags" when kind == "microsoft.resources/tags" => tags.Answer(request),
            _ when request.Method == "GET" && id.Parent is { } above && id.Type.StartsWith(above.Type + "/", StringComparison.OrdinalIgnoreCase) && ContractCatalog.Find(above.Type) is { } owner => actions.Read(request with { Id = above }, owner, $"{word}/{id.Name.ToLowerInvariant()}"),
            _ => throw NoSuchType(request, id.Type),
        };
    }

    private ArmAnswer OfContract(ArmRequest request, ArmContract contract)
    {
        switch (request.Rest)
        {
            case []:
                return request.Method == "GET" && RoleRoutes.BuiltIn(request.Id!) is { } role ? new(200, role) : resources.Answer(request, contract);
            case ["resources"] when contract.Type == DssPipeline.Sandbox.Groups.Type:
                return inventory.Resources(request);
            case [var word] when request.Method == "GET" && ContractCatalog.Find($"{contract.Type}/{word}") is { } child:
                return lists.Answer(request, child, request.Id!);
            case [var action] when request.Method == "POST":
                return actions.Answer(request, contract, action);
            case [var what] when request.Method == "GET":
                return actions.Read(request, contract, what);
            default:
                return OfCollection(request);
        }
    }

    private ArmAnswer OfCollection(ArmRequest request)
    {
        if (request.Rest is not ["providers", var space, var kind] || request.Method != "GET") throw NotFound(request);
        var type = $"{Providers.Spelled(space)}/{kind}";
        return type.ToLowerInvariant() switch
        {
            "microsoft.authorization/roleassignments" => roles.Assignments(request),
            "microsoft.authorization/roledefinitions" => roles.Definitions(request, request.Id),
            "microsoft.authorization/locks" => roles.LocksAt(request),
            "microsoft.authorization/permissions" => new(200, new JsonObject { ["value"] = new JsonArray(new JsonObject { ["actions"] = new JsonArray("*"), ["notActions"] = new JsonArray() }) }),
            _ => lists.Answer(request, ContractCatalog.Find(type) ?? throw NoSuchType(request, type), request.Id!),
        };
    }

    private static string LastSegment(ArmRequest request) => request.Path[(request.Path.LastIndexOf('/') + 1)..];

    private static ArmError NotFound(ArmRequest request) =>
        new(404, "InvalidResourceType", $"The path '{request.Path}' leads to nothing that '{request.Method}' can be asked of.") { FromGateway = true };

    private static ArmError NoSuchType(ArmRequest request, string type)
    {
        var space = Providers.Spelled(type[..type.IndexOf('/', StringComparison.Ordinal)]);
        return new(404, "InvalidResourceType", $"The resource type '{type[(space.Length + 1)..]}' could not be found in the namespace '{space}' for api version '{request.ApiVersion}'. The supported resource types are '{string.Join(',', ContractCatalog.Of(space).Select(contract => contract.ShortType))}'.") { FromGateway = true };
    }
}
