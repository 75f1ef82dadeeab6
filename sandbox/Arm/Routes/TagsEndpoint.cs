using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Tags of anything, changed without touching the rest of it: <c>{id}/providers/Microsoft.Resources/tags/default</c>.</summary>
internal sealed class TagsEndpoint(ArmWorld world)
{
    public ArmAnswer Answer(ArmRequest request)
    {
        var scope = request.Id!.Parent!;
        if (!request.Id.Name.Equals("default", StringComparison.OrdinalIgnoreCase)) throw new ArmError(400, "InvalidTagsName", $"The tags resource is named 'default', not '{request.Id.Name}'.") { FromGateway = true };

        var record = Owner(scope);
        if (request.Method == "GET") return new(200, Show(scope, record));

        Locks.AllowWrite(world, scope);
        var old = record.Document["tags"] as JsonObject ?? [];
        record.Document["tags"] = request.Method switch
        {
            "PUT" => Body(request).DeepClone(),
            "PATCH" => Patched(old, request),
            "DELETE" => new JsonObject(),
            _ => throw new ArmError(405, "MethodNotAllowed", $"Tags cannot be asked to {request.Method}.") { FromGateway = true },
        };
        TagRules.Check(record.Document["tags"]!.AsObject(), scope.Type);
        world.Save(record);
        world.Touch(scope);
        return new(200, request.Method == "DELETE" ? null : Show(scope, record));
    }

    private static JsonObject Patched(JsonObject old, ArmRequest request)
    {
        var operation = Dotted.Text(request.Body, "operation");
        var (result, tags) = (operation == "Replace" ? [] : old.DeepClone().AsObject(), Body(request));
        foreach (var (name, value) in tags)
        {
            if (result.FirstOrDefault(tag => tag.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Key is { } there) result.Remove(there);
            if (operation is "Merge" or "Replace") result[name] = value?.DeepClone();
        }

        return operation is "Merge" or "Replace" or "Delete" ? result : throw new ArmError(400, "InvalidTagsPatchOperation", $"The operation '{operation}' is none of Merge, Replace, Delete.") { FromGateway = true };
    }

    private static JsonObject Body(ArmRequest request) =>
        Dotted.Read(request.Body, "properties.tags") as JsonObject ?? throw BodyErrors.NotJson("Required property 'properties.tags' not found in JSON");

    private ArmRecord Owner(ArmId scope)
    {
        if (scope.Type == "Microsoft.Resources/subscriptions")
        {
            var id = scope.Provider("Microsoft.Resources/tags", "default");
            return world.Record(id.Text) ?? new(id, [], []);
        }

        Precautions.NeedGroup(world, scope, toWrite: false);
        return world.Look(scope.Text) ?? throw (ContractCatalog.Find(scope.Type) is { } contract ? Precautions.NotFound(contract, scope) : new ArmError(404, "ResourceNotFound", $"The Resource '{scope.Type}/{scope.Name}' was not found.") { FromGateway = true });
    }

    private static JsonObject Show(ArmId scope, ArmRecord record) => new()
    {
        ["id"] = $"{scope.Text}/providers/Microsoft.Resources/tags/default",
        ["name"] = "default",
        ["type"] = "Microsoft.Resources/tags",
        ["properties"] = new JsonObject { ["tags"] = record.Document["tags"]?.DeepClone() ?? new JsonObject() },
    };
}
