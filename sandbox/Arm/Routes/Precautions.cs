using System.Text.RegularExpressions;

namespace DssPipeline.Sandbox;

/// <summary>What Resource Manager asks before a provider is asked at all.</summary>
internal static partial class Precautions
{
    private static readonly string[] AlwaysRegistered = ["Microsoft.Authorization", "Microsoft.Resources"];

    public static void NeedVersion(ArmRequest request)
    {
        var version = request.ApiVersion;
        if (version.Length == 0) throw new ArmError(400, "MissingApiVersionParameter", "The api-version query parameter (?api-version=) is required for all requests.") { FromGateway = true };
        if (!Version().IsMatch(version)) throw new ArmError(400, "InvalidApiVersionParameter", $"The api-version '{version}' is invalid. The supported versions are '2025-04-01,2024-11-01,2022-09-01,2021-04-01'.") { FromGateway = true };
    }

    public static void NeedVersion(ArmRequest request, ArmContract contract, string? location)
    {
        if (contract.Versions.Contains(request.ApiVersion, StringComparer.OrdinalIgnoreCase)) return;
        var served = string.Join(", ", contract.Versions);
        throw contract.Namespace == "Microsoft.Resources"
            ? new ArmError(400, "InvalidApiVersionParameter", $"The api-version '{request.ApiVersion}' is invalid. The supported versions are '{served}'.") { FromGateway = true }
            : new ArmError(400, "NoRegisteredProviderFound", $"No registered resource provider found for location '{location ?? "global"}' and API version '{request.ApiVersion}' for type '{contract.ShortType}'. The supported api-versions are '{served}'. The supported locations are '{string.Join(", ", Regions.Names)}'.") { FromGateway = true };
    }

    public static void NeedSubscription(ArmWorld world, ArmId? id)
    {
        if (id?.Subscription is not { } name || name.Equals(world.Options.SubscriptionId, StringComparison.OrdinalIgnoreCase) || world.Options.OtherSubscriptions.Contains(name)) return;
        throw Guid.TryParse(name, out _)
            ? new ArmError(404, "SubscriptionNotFound", $"The subscription '{name}' could not be found.") { FromGateway = true }
            : new ArmError(400, "InvalidSubscriptionId", $"The provided subscription identifier '{name}' is malformed or invalid.") { FromGateway = true };
    }

    public static void NeedRegistration(ArmWorld world, ArmId id, string space)
    {
        if (id.Subscription is null || AlwaysRegistered.Contains(space, StringComparer.OrdinalIgnoreCase)) return;
        var state = Providers.Registration(world, space);
        if (state == "Registered") return;

        var message = state == "NotRegistered"
            ? $"The subscription is not registered to use namespace '{space}'. See https://aka.ms/rps-not-found for how to register subscriptions."
            : $"The subscription registration is in '{state}' state. The subscription must be registered to use namespace '{space}'. See https://aka.ms/rps-not-found for how to register subscriptions.";
        throw new ArmError(409, "MissingSubscriptionRegistration", message) { FromGateway = true, Details = [("MissingSubscriptionRegistration", space, message)] };
    }

    /// <summary>The group, and for a write a group that is not on its way out.</summary>
    public static void NeedGroup(ArmWorld world, ArmId id, bool toWrite)
    {
        if (id.Group is not { } name || id.Type == Groups.Type) return;
        var group = world.Look($"/subscriptions/{id.Subscription}/resourceGroups/{name}") ?? throw Groups.NotFound(name);
        if (toWrite && group.State == "Deleting") throw new ArmError(409, "ResourceGroupBeingDeleted", $"The resource group '{name}' is in deprovisioning state and cannot perform this operation.") { FromGateway = true };
    }

    /// <summary>What a new resource lives in, or what an assignment or a lock is put on.</summary>
    public static void NeedParent(ArmWorld world, ArmId id)
    {
        if (id.Parent is not { } parent || ContractCatalog.Find(parent.Type) is not { } kind || kind.Type == Groups.Type || world.Look(parent.Text) is not null) return;
        throw id.Root == id
            ? NotFound(kind, parent)
            : new ArmError(404, "ParentResourceNotFound", $"Failed to perform 'write' on resource(s) of type '{ContractCatalog.Find(id.Type)?.ShortType ?? id.Type}', because the parent resource '{parent.Text}' could not be found.") { FromGateway = true };
    }

    public static void NeedName(ArmContract contract, ArmId id)
    {
        if (contract.Rules.Name?.IsMatch(id.Name) != false) return;
        throw NameErrors.Of(contract, id.Name);
    }

    public static void NeedMatch(ArmRequest request, ArmRecord? record)
    {
        var (match, none) = (request.Headers.IfMatch.ToString(), request.Headers.IfNoneMatch.ToString());
        var etag = Dotted.Text(record?.Document, "etag");
        if (none == "*" && record is not null) throw new ArmError(412, "PreconditionFailed", "The condition 'If-None-Match: *' does not hold: the resource exists.");
        if (match.Length == 0) return;
        if (record is null || (match != "*" && match != etag)) throw new ArmError(412, "PreconditionFailed", $"The condition '{match}' in the If-Match header was not satisfied. Latest etag is '{etag}'.");
    }

    /// <summary>One write at a time on a network, a cluster and their like.</summary>
    public static void NeedTurn(ArmWorld world, ArmContract contract, ArmId id)
    {
        if (contract.Rules.Turn is not { } code) return;
        var busy = world.Operations.RunningWithin(id.Root).Select(world.Operations.Poll).FirstOrDefault(operation => operation.IsRunning);
        if (busy is null) return;
        throw code == "OperationNotAllowed"
            ? new ArmError(409, code, $"Operation is not allowed: Another operation ({world.Record(busy.Target)?.State ?? "Updating"}) is in progress, please wait for it to finish before starting a new operation.")
            : new ArmError(409, code, $"Another operation on this or dependent resource is in progress. To retrieve status of the operation use uri: {busy.StatusPath}/{busy.Token}.");
    }

    public static ArmError NotFound(ArmContract contract, ArmId id) => contract.Rules.Missing switch
    {
        "ResourceNotFound" => new(404, "ResourceNotFound", $"The Resource '{id.Type}/{id.Name}' under resource group '{id.Group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix") { FromGateway = true },
        "ResourceGroupNotFound" => Groups.NotFound(id.Name),
        "RoleAssignmentNotFound" => new(404, "RoleAssignmentNotFound", $"The role assignment '{id.Name.Replace("-", "", StringComparison.Ordinal)}' is not found."),
        "ContainerNotFound" => new(404, "ContainerNotFound", "The specified container does not exist."),
        "ManagementPolicyNotFound" => new(404, "ManagementPolicyNotFound", "No ManagementPolicy found for the account " + id.Parent?.Name),
        var code when contract.Rules.Subcode is { } subcode => new(404, code, $"Could not find the {contract.ShortType.Split('/')[^1]} {id.Name}.") { Subcode = subcode },
        var code => new(404, code, $"Resource {id.Text} not found."),
    };

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}(-[a-z]+)?$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 200)]
    private static partial Regex Version();
}
