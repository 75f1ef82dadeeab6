using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Reads, writes and deletes a resource of a known type.</summary>
internal sealed class ResourceRoutes(ArmWorld world)
{
    public ArmAnswer Answer(ArmRequest request, ArmContract contract)
    {
        var id = request.Id!;
        Precautions.NeedVersion(request, contract, Location(id));
        Precautions.NeedRegistration(world, id, contract.Namespace);
        return request.Method switch
        {
            "GET" => new(200, Views.Show(world, Existing(contract, id), request)),
            "HEAD" => Existing(contract, id) is not null ? new(204) : new(404),
            "PUT" when contract.Rules.Put is not null => Put(request, contract),
            "PATCH" when contract.Rules.Patch is not null => Patch(request, contract),
            "DELETE" when contract.Rules.Delete is { } exchange => Delete(request, contract, exchange),
            _ => throw new ArmError(405, "MethodNotAllowed", $"The HTTP method '{request.Method}' is not supported at scope '{id.Text}'.") { FromGateway = true },
        };
    }

    public ArmRecord Existing(ArmContract contract, ArmId id)
    {
        Precautions.NeedGroup(world, id, toWrite: false);
        return world.Look(id.Text) ?? throw Precautions.NotFound(contract, id);
    }

    private ArmAnswer Put(ArmRequest request, ArmContract contract)
    {
        var id = Canonical(contract, request.Id!);
        Precautions.NeedGroup(world, id, toWrite: true);
        Precautions.NeedParent(world, id);
        var existing = world.Look(id.Text) ?? world.Record(id.Text);
        if (existing is null) Precautions.NeedName(contract, id);
        Locks.AllowWrite(world, id);
        Precautions.NeedMatch(request, existing);
        Precautions.NeedTurn(world, contract, id);
        return Keep(request, new(world, contract, existing?.Id ?? id)
        {
            Existing = existing,
            Wish = Bodies.Read(contract, request, ContractUse.Put),
            Caller = request.Caller,
            ApiVersion = request.ApiVersion,
        }, contract.Rules.Put!);
    }

    private ArmAnswer Patch(ArmRequest request, ArmContract contract)
    {
        var existing = Existing(contract, request.Id!);
        Locks.AllowWrite(world, existing.Id);
        Precautions.NeedMatch(request, existing);
        Precautions.NeedTurn(world, contract, existing.Id);
        var exchange = contract.Rules.Patch!;
        var patch = Bodies.Patch(contract, request, exchange.TagsOnly);
        return Keep(request, new(world, contract, existing.Id)
        {
            Existing = existing,
            Wish = Bodies.Patched(contract, existing, patch),
            Patch = patch,
            Caller = request.Caller,
            ApiVersion = request.ApiVersion,
        }, exchange);
    }

    private ArmAnswer Keep(ArmRequest request, Write write, Exchange exchange)
    {
        if (world.Operations.RunningOn(write.Id) is { Verb: "delete" }) throw new ArmError(409, "Conflict", $"The resource '{write.Id.Text}' is being deleted.");
        WriteChecks.Run(write);
        exchange = TypeRules.Of(write.Contract.Type).Pace(write, exchange);
        var record = Documents.Build(write);
        var waits = Waits(write, exchange);
        if (waits && write.Contract.HasProperty("provisioningState")) record.State = exchange.Says ?? (write.IsNew ? "Creating" : "Updating");
        record.IsInvisible = waits && write.IsNew && exchange.AbsentMeanwhile;
        world.Save(record);
        TypeRules.Of(write.Contract.Type).Saved(write);
        world.Touch(record.Id.Parent);

        var operation = waits ? Polling.Begin(world, request, record, "put", exchange) : null;
        if (operation is null) TypeRules.Of(write.Contract.Type).Done(world, record);
        var answer = Buckets(write.Contract, request, Views.First(write, record, request, exchange));
        return operation is null || exchange.Wait == "state" ? answer : Polling.Announce(world, answer, request, operation, exchange.Wait);
    }

    /// <summary>Storage and vaults are done at once when they were there before.</summary>
    private static bool Waits(Write write, Exchange exchange) =>
        exchange.Wait != "none" && (write.IsNew || write.IsPatch || exchange.Wait is not ("location" or "state"));

    private ArmAnswer Delete(ArmRequest request, ArmContract contract, Exchange exchange)
    {
        var id = request.Id!;
        if (world.Look(id.Text) is not { } record) return contract.Type == Groups.Type ? throw Groups.NotFound(id.Name) : new(204);

        Locks.AllowDelete(world, record.Id);
        if (world.Operations.RunningOn(record.Id) is { Verb: "delete" } going) return Polling.Announce(world, new(202), request, going, exchange.Wait);
        Precautions.NeedMatch(request, record);
        Precautions.NeedTurn(world, contract, record.Id);
        TypeRules.Of(contract.Type).CheckDelete(world, record);
        if (exchange.Wait == "none")
        {
            var old = contract.Type.EndsWith("/roleAssignments", StringComparison.Ordinal) ? Views.Show(world, record, request) : null;
            world.Remove(record);
            world.Touch(record.Id.Parent);
            return new(200, old);
        }

        if (record.State is not null) record.State = "Deleting";
        world.Save(record);
        return Buckets(contract, request, Polling.Announce(world, new(202), request, Polling.Begin(world, request, record, "delete", exchange), exchange.Wait));
    }

    private static ArmAnswer Buckets(ArmContract contract, ArmRequest request, ArmAnswer answer) =>
        contract.Rules.Buckets.TryGetValue(request.Method, out var bucket) && bucket.Split(':', ',') is [var name, var three, var thirty]
            ? answer.With("x-ms-ratelimit-remaining-resource", $"{contract.Namespace}/{name}3Min;{int.Parse(three) - 1},{contract.Namespace}/{name}30Min;{int.Parse(thirty) - 1}")
            : answer;

    /// <summary>An id is spelled as its parents were when they were made, and types as the contract spells them.</summary>
    private ArmId Canonical(ArmContract contract, ArmId id)
    {
        var parent = id.Parent;
        if (parent is not null) parent = world.Record(parent.Text)?.Id ?? (ContractCatalog.Find(parent.Type) is { } kind ? Canonical(kind, parent) : parent);
        return id.Below(parent, contract.Type);
    }

    private string? Location(ArmId id) => Dotted.Text(world.Record(id.Text)?.Document ?? world.Record(id.Root.Text)?.Document, "location");
}
