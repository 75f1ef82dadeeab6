using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>What every provider checks of a write, as its contract says.</summary>
internal static class WriteChecks
{
    public static void Run(Write write)
    {
        Location(write);
        Tags(write);
        if (!write.IsNew) Unchanged(write);
        References(write);
        TypeRules.Of(write.Contract.Type).Check(write);
    }

    private static void Location(Write write)
    {
        if (write.Text("location") is not { } location) return;
        var isGlobal = write.Contract.Type.StartsWith("Microsoft.Network/privateDnsZones", StringComparison.Ordinal);
        if (isGlobal ? location.Equals("global", StringComparison.OrdinalIgnoreCase) : Regions.Has(location))
        {
            write.Wish["location"] = Regions.Plain(location);
            return;
        }

        var known = isGlobal ? "global" : string.Join(',', Regions.Names);
        throw write.Contract.Type == Groups.Type
            ? new ArmError(400, "LocationNotAvailableForResourceGroup", $"The provided location '{location}' is not available for resource group. List of available regions is '{known}'.") { FromGateway = true }
            : new ArmError(400, "LocationNotAvailableForResourceType", $"The provided location '{location}' is not available for resource type '{write.Contract.Type}'. List of available regions for the resource type is '{known}'.") { FromGateway = true };
    }

    private static void Tags(Write write)
    {
        if (write.Wish["tags"] is not JsonObject tags) return;
        TagRules.Check(tags, write.Contract.Type);
    }

    public static void Unchanged(Write write)
    {
        var (kept, rules) = (write.Existing!, write.Contract.Rules);
        foreach (var path in rules.Fixed)
        {
            var hidden = rules.Hide.Contains(path, StringComparer.Ordinal);
            if (!Likeness.Covers(Dotted.Read(write.Wish, path), Dotted.Read(hidden ? kept.Hidden : kept.Document, path))) throw TypeRules.Of(write.Contract.Type).Immutable(write, path);
        }

        foreach (var path in rules.Grow)
        {
            if (Dotted.Number(write.Wish, path) < Dotted.Number(kept.Document, path)) throw new ArmError(409, "PropertyChangeNotAllowed", $"The value of '{path}' can only grow: it is {Dotted.Number(kept.Document, path)}.") { Target = path };
        }

        foreach (var path in rules.OneWay)
        {
            if (Dotted.True(kept.Document, path) && Dotted.Read(write.Wish, path) is { } wish && !wish.GetValue<bool>()) throw TypeRules.Of(write.Contract.Type).Immutable(write, path);
        }
    }

    private static void References(Write write)
    {
        foreach (var (path, text) in Dotted.Texts(write.Wish))
        {
            if (path.EndsWith(".id", StringComparison.Ordinal) && !text.StartsWith('/') && write.Contract.Namespace == "Microsoft.Network") throw new ArmError(400, "LinkedInvalidPropertyId", $"Property id '{text}' at path '{path}' is invalid. Expect fully qualified resource Id that start with '/subscriptions/{{subscriptionId}}' or '/providers/{{resourceProviderNamespace}}/'.") { FromGateway = true };
            if (!text.StartsWith("/subscriptions/", StringComparison.OrdinalIgnoreCase) || ArmId.Parse(text) is not { } id || ContractCatalog.Find(id.Type) is not { } kind || kind.Rules.Anywhere || id.IsWithin(write.Id)) continue;
            if (write.World.Look(text) is not { } there) throw Dangling(write, path, id);
            if (kind.Namespace == "Microsoft.Network" && there.State is "Creating" or "Updating" && write.Contract.Namespace == "Microsoft.Network") throw NotReady(write, there);
        }
    }

    private static ArmError Dangling(Write write, string path, ArmId id) => (path, write.Contract.Namespace) switch
    {
        ("identity.userAssignedIdentities", _) => new(400, "FailedIdentityOperation", $"Identity operation for resource '{write.Id.Text}' failed with error 'Failed to perform resource identity operation. Status: 'BadRequest'. Response: '{{\"error\":{{\"code\":\"BadRequest\",\"message\":\"Resource '{id.Text}' was not found.\"}}}}'.'."),
        _ when id.Type == Groups.Type => Groups.NotFound(id.Name),
        (_, "Microsoft.Compute") when id.Type.StartsWith("Microsoft.Compute/", StringComparison.OrdinalIgnoreCase) => new(404, "ResourceNotFound", $"The Resource '{id.Type}/{id.Name}' under resource group '{id.Group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix") { Target = path },
        _ => new(400, "InvalidResourceReference", $"Resource {id.Text} referenced by resource {write.Id.Text} was not found. Please make sure that the referenced resource exists, and that both resources are in the same region.") { Target = path },
    };

    private static ArmError NotReady(Write write, ArmRecord there) =>
        new(429, "ReferencedResourceNotProvisioned", $"Cannot proceed with operation because resource {there.Id.Text} used by resource {write.Id.Text} is not in Succeeded state. Resource is in {there.State} state.") { RetryAfter = 10 };
}
