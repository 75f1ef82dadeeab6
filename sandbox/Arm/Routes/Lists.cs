using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Lists of one type: in a group, in the subscription, or below a parent.</summary>
internal sealed class Lists(ArmWorld world)
{
    public ArmAnswer Answer(ArmRequest request, ArmContract contract, ArmId scope)
    {
        Precautions.NeedVersion(request, contract, null);
        Precautions.NeedRegistration(world, scope, contract.Namespace);
        NeedScope(contract, scope);
        var members = world.Of(contract.Type).Where(record => Belongs(record, scope)).ToList();
        return Of(request, members);
    }

    public ArmAnswer Of(ArmRequest request, IReadOnlyList<ArmRecord> members)
    {
        var seen = members.Select(record => world.Look(record.Id.Text)).OfType<ArmRecord>();
        return Pages.Of(world, request, [.. seen.Select(record => (record.Id.Key, (Func<JsonNode>)(() => Views.Show(world, record, request))))]);
    }

    private static bool Belongs(ArmRecord record, ArmId scope) =>
        scope.Type is "Microsoft.Resources/subscriptions" ? record.Id.IsWithin(scope) : record.Id.Parent!.Key == scope.Key;

    private void NeedScope(ArmContract contract, ArmId scope)
    {
        Precautions.NeedGroup(world, scope, toWrite: false);
        if (scope.Type == Groups.Type && world.Look(scope.Text) is null) throw Groups.NotFound(scope.Name);
        if (contract.IsTopLevel || world.Look(scope.Text) is not null) return;
        throw Precautions.NotFound(ContractCatalog.Find(scope.Type)!, scope);
    }
}
