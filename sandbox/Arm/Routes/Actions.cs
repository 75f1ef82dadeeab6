using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>What can be asked of a resource besides reading and writing it.</summary>
internal sealed class Actions(ArmWorld world)
{
    public ArmAnswer Answer(ArmRequest request, ArmContract contract, string action)
    {
        var record = Existing(request, contract);
        if (contract.Rules.Actions.FirstOrDefault(pair => pair.Key.Equals(action, StringComparison.OrdinalIgnoreCase)) is not { Key: { } name, Value: var exchange }) throw Unknown(request, contract, action);

        Locks.AllowWrite(world, record.Id);
        CheckBody(request, contract, name);
        var rules = TypeRules.Of(contract.Type);
        rules.CheckAction(world, record, name, request);
        if (exchange.Wait == "none") return rules.Act(world, record, name, request) ?? throw CannotDo(contract, name);

        Precautions.NeedTurn(world, contract, record.Id);
        if (record.State is not null) record.State = name switch { "start" => "Starting", "stop" => "Stopping", _ => "Updating" };
        world.Save(record);
        rules.Acting(world, record, name, request);
        var operation = Polling.Begin(world, request, record, name, exchange);
        return Polling.Announce(world, new(202), request, operation, exchange.Wait);
    }

    /// <summary>A read below a resource: its instance view, its upgrade profile.</summary>
    public ArmAnswer Read(ArmRequest request, ArmContract contract, string what)
    {
        var record = Existing(request, contract);
        return TypeRules.Of(contract.Type).Read(world, record, what, request) is { } body ? new(200, body) : throw Unknown(request, contract, what);
    }

    private ArmRecord Existing(ArmRequest request, ArmContract contract)
    {
        Precautions.NeedVersion(request, contract, null);
        Precautions.NeedRegistration(world, request.Id!, contract.Namespace);
        return new ResourceRoutes(world).Existing(contract, request.Id!);
    }

    private static void CheckBody(ArmRequest request, ArmContract contract, string action)
    {
        if (contract.Actions.GetValueOrDefault(action) is not { } shape) return;
        var visit = new ContractVisit(ContractUse.Put);
        visit.Visit(shape, request.Body ?? throw BodyErrors.NotJson("The request body is empty"), "");
        if (visit.Problems.Count > 0) throw BodyErrors.Of(contract, visit.Problems);
    }

    private static ArmError Unknown(ArmRequest request, ArmContract contract, string word) =>
        new(404, "InvalidResourceType", $"The resource type '{contract.ShortType}/{word}' could not be found in the namespace '{contract.Namespace}' for api version '{request.ApiVersion}'. The actions of '{contract.ShortType}' are '{string.Join(',', contract.Rules.Actions.Keys)}'.") { FromGateway = true };

    private static ArmError CannotDo(ArmContract contract, string action) =>
        new(501, "NotImplemented", $"The sandbox knows the action '{action}' of '{contract.Type}' but cannot do it.");
}
