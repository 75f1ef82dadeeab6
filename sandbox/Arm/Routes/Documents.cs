using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Makes the document that is kept out of what was sent, what was there, and what the service adds.</summary>
internal static class Documents
{
    public static ArmRecord Build(Write write)
    {
        var document = write.Document = write.Patch is { } patch ? Patched(write.Existing!, patch) : Sent(write);
        write.Hidden = write.Existing?.Hidden.DeepClone().AsObject() ?? [];

        KeepOmitted(write);
        Hide(write);
        Fill(write);
        Identities.Fill(write);
        if (write.Contract.HasMember("systemData")) document["systemData"] = SystemData(write);
        if (write.Contract.HasProperty("provisioningState")) Dotted.Write(document, "properties.provisioningState", "Succeeded");
        TypeRules.Of(write.Contract.Type).Fill(write);
        return new(write.Id, document, write.Hidden);
    }

    private static JsonObject Sent(Write write)
    {
        var document = new JsonObject { ["id"] = write.Id.Text, ["name"] = write.Id.Name, ["type"] = write.Contract.Type };
        foreach (var (name, value) in write.Wish) document[name] = value?.DeepClone();
        return document;
    }

    private static JsonObject Patched(ArmRecord existing, JsonObject patch)
    {
        var document = existing.Document.DeepClone().AsObject();
        Bodies.Lay(patch, document);
        return document;
    }

    private static void KeepOmitted(Write write)
    {
        var kept = write.Existing?.Document;
        foreach (var path in write.Contract.Rules.Keep.Concat(write.Contract.Rules.Fixed))
        {
            if (Dotted.Read(write.Document, path) is null && Dotted.Read(kept, path) is { } value) Dotted.Write(write.Document, path, value.DeepClone());
        }
    }

    private static void Hide(Write write)
    {
        foreach (var path in write.Contract.Rules.Hide)
        {
            if (Dotted.Take(write.Document, path) is { } value) Dotted.Write(write.Hidden, path, value);
        }
    }

    private static void Fill(Write write)
    {
        foreach (var filling in write.Contract.Rules.Fillings)
        {
            var made = Template.IsMade(filling.Json);
            var old = made && !filling.Always ? Dotted.Read(write.Existing?.Document, filling.Path) : null;
            foreach (var (holder, name) in Dotted.Places(write.Document, filling.Path))
            {
                if (filling.Always || !holder.ContainsKey(name)) holder[name] = old?.DeepClone() ?? Template.Make(filling.Json, write);
            }
        }
    }

    private static JsonObject SystemData(Write write) => new()
    {
        ["createdBy"] = write.Once("systemData.createdBy", () => write.Caller),
        ["createdByType"] = "Application",
        ["createdAt"] = write.Once("systemData.createdAt", () => write.World.Timestamp),
        ["lastModifiedBy"] = write.Caller,
        ["lastModifiedByType"] = "Application",
        ["lastModifiedAt"] = write.World.Timestamp,
    };
}
