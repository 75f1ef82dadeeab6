using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Get, list, create, update, patch, apply and delete, the same for every kind; what a kind has of its own is in <see cref="KindRules"/>.</summary>
internal sealed class KubernetesVerbs(KubernetesCluster cluster)
{
    private readonly ClusterObjects objects = cluster.Objects;

    public KubernetesAnswer Answer(KubernetesCall call, string accept) => (call.Method, call.Name) switch
    {
        ("GET", null) => new(200, Shown(call, accept, [.. objects.List(call.Kind!, call.Namespace).Where(Selectors.Of(call).Match)], isList: true)),
        ("GET", _) => new(200, Shown(call, accept, [Need(call)], isList: false)),
        ("POST", null) => new(201, Create(call, Body(call))),
        ("PUT", not null) => new(200, Replace(call, Need(call), Body(call))),
        ("PATCH", not null) when call.ContentType == "application/apply-patch+yaml" => Apply(call),
        ("PATCH", not null) => new(200, Replace(call, Need(call), Patches.Patched(Need(call), call))),
        ("DELETE", not null) => new(200, Delete(call, Need(call))),
        ("DELETE", null) => new(200, DeleteAll(call)),
        _ => throw new KubernetesRefusal(405, "MethodNotAllowed", "the server does not allow this method on the requested resource"),
    };

    private static KubernetesKind Kind(KubernetesCall call) => call.Kind!;

    private JsonObject Need(KubernetesCall call) => objects.Find(Kind(call), call.Namespace, call.Name!) ?? throw KubernetesRefusal.NotFound(Kind(call), call.Name!);

    private static JsonObject Body(KubernetesCall call)
    {
        var body = call.Body?.DeepClone().AsObject() ?? throw KubernetesRefusal.Bad("the request has no body");
        if (body["kind"]?.ToString() is { } kind && kind != call.Kind!.Kind) throw KubernetesRefusal.Bad($"{call.Kind.Kind} in version \"{call.Kind.Version}\" cannot be handled as a {kind}");
        if (call.Query["fieldValidation"].FirstOrDefault() == "Strict") KnownFields.Check(call.Kind!, body);
        return body;
    }

    private JsonObject Shown(KubernetesCall call, string accept, IReadOnlyList<JsonObject> found, bool isList)
    {
        if (accept.Contains("as=Table", StringComparison.Ordinal)) return KubernetesTable.Of(Kind(call), found, objects.Now, objects.Revision);
        if (!isList) return found[0].DeepClone().AsObject();

        return new()
        {
            ["kind"] = $"{Kind(call).Kind}List",
            ["apiVersion"] = Kind(call).ApiVersion,
            ["metadata"] = new JsonObject { ["resourceVersion"] = $"{objects.Revision}" },
            ["items"] = new JsonArray([.. found.Select(subject => subject.DeepClone())]),
        };
    }

    private JsonObject Create(KubernetesCall call, JsonObject body)
    {
        var (kind, metadata) = (Kind(call), Metadata.Of(body));
        if (metadata["generateName"]?.ToString() is { Length: > 0 } start) metadata["name"] ??= start + Guid.NewGuid().ToString("N")[..5];
        if (kind.IsNamespaced) metadata["namespace"] = call.Namespace ?? throw KubernetesRefusal.Bad("an empty namespace may not be set during creation");
        else metadata.Remove("namespace");

        var name = Metadata.Name(body);
        KindRules.CheckName(kind, name);
        if (objects.Find(kind, call.Namespace, name) is not null) throw KubernetesRefusal.Exists(kind, name);
        KindRules.CheckHome(cluster, kind, body);

        body.Remove("status");
        body["apiVersion"] ??= kind.ApiVersion;
        if (metadata["managedFields"] is null) FieldOwners.Update([], body, call, Metadata.Time(objects.Now));
        KindRules.Born(cluster, kind, body);
        if (!call.Is("dryRun") && call.Query["dryRun"].Count == 0) objects.Put(kind, body);
        return body.DeepClone().AsObject();
    }

    private KubernetesAnswer Apply(KubernetesCall call)
    {
        var applied = Body(call);
        var now = Metadata.Time(objects.Now);
        if (objects.Find(Kind(call), call.Namespace, call.Name!) is { } there)
        {
            var after = there.DeepClone().AsObject();
            FieldOwners.Apply(after, applied, call, now);
            return new(200, Replace(call, there, after, isApply: true));
        }

        var fresh = new JsonObject { ["apiVersion"] = Kind(call).ApiVersion, ["kind"] = Kind(call).Kind, ["metadata"] = new JsonObject { ["name"] = call.Name } };
        FieldOwners.Apply(fresh, applied, call, now);
        return new(201, Create(call, fresh));
    }

    private JsonObject Replace(KubernetesCall call, JsonObject there, JsonObject body, bool isApply = false)
    {
        var kind = Kind(call);
        var (old, metadata) = (there["metadata"]!.AsObject(), Metadata.Of(body));
        if (metadata["resourceVersion"]?.ToString() is { Length: > 0 } version && version != $"{old["resourceVersion"]}") throw KubernetesRefusal.Changed(kind, call.Name!);

        foreach (var fixedAtBirth in new[] { "name", "namespace", "uid", "creationTimestamp", "deletionTimestamp" }) metadata[fixedAtBirth] = old[fixedAtBirth]?.DeepClone();
        foreach (var empty in metadata.Where(member => member.Value is null).Select(member => member.Key).ToList()) metadata.Remove(empty);
        if (call.Part == "status") body = new JsonObject(there.DeepClone().AsObject().Where(member => member.Key != "status").Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())).Append(new("status", body["status"]?.DeepClone())));
        else body["status"] = there["status"]?.DeepClone();

        KindRules.Changed(cluster, kind, there, body);
        if (!isApply) FieldOwners.Update(there, body, call, Metadata.Time(objects.Now));
        if (body["status"] is null) body.Remove("status");
        if (IsSame(there, body)) return there.DeepClone().AsObject();

        if (call.Query["dryRun"].Count == 0) objects.Put(kind, body);
        return body.DeepClone().AsObject();
    }

    private JsonObject Delete(KubernetesCall call, JsonObject there)
    {
        if (call.Query["dryRun"].Count == 0) KindRules.Delete(cluster, Kind(call), there, call.Body);
        return there.DeepClone().AsObject();
    }

    private JsonObject DeleteAll(KubernetesCall call)
    {
        foreach (var subject in objects.List(Kind(call), call.Namespace).Where(Selectors.Of(call).Match)) KindRules.Delete(cluster, Kind(call), subject, call.Body);
        return new() { ["kind"] = "Status", ["apiVersion"] = "v1", ["metadata"] = new JsonObject(), ["status"] = "Success" };
    }

    // The time of an apply that changes nothing is no change.
    private static bool IsSame(JsonObject left, JsonObject right) => JsonNode.DeepEquals(Timeless(left), Timeless(right));

    private static JsonObject Timeless(JsonObject subject)
    {
        var copy = subject.DeepClone().AsObject();
        foreach (var entry in copy["metadata"]?["managedFields"] as JsonArray ?? []) entry!.AsObject().Remove("time");
        return copy;
    }
}
