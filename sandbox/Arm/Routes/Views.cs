using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>What a reader sees of a record.</summary>
internal static class Views
{
    public static JsonObject Show(ArmWorld world, ArmRecord record, ArmRequest request)
    {
        var copy = record.Document.DeepClone().AsObject();
        TypeRules.Of(record.Id.Type).Show(world, record, copy, request);
        if (ContractCatalog.Find(record.Id.Type)?.Rules is not { } rules) return copy;
        if (rules.LowercaseGroup) copy["id"] = record.Id.Text.Replace("/resourceGroups/", "/resourcegroups/", StringComparison.Ordinal);
        if (rules.SpelledType is not null) copy["type"] = rules.SpelledType;
        return copy;
    }

    /// <summary>The first answer to a write, which is seldom the whole resource.</summary>
    public static ArmAnswer First(Write write, ArmRecord record, ArmRequest request, Exchange exchange)
    {
        var isNew = write.IsNew && !write.IsPatch;
        var status = isNew ? exchange.New : exchange.Old;
        if (isNew && exchange.Answer == "empty") return new(status) { EmptyType = "text/plain; charset=utf-8" };

        var body = exchange.Answer switch
        {
            "braces" => [],
            "sent" => Sent(write, record),
            "bare" => new JsonObject { ["id"] = record.Id.Text, ["name"] = record.Id.Name, ["type"] = write.Contract.Type },
            _ => Show(write.World, record, request),
        };
        var answer = new ArmAnswer(status, body);
        if (Dotted.Text(record.Document, "etag") is { } etag) answer = answer.With("ETag", etag);
        return exchange.PointsAtItself && isNew ? answer.With("Location", record.Id.Text) : answer;
    }

    private static JsonObject Sent(Write write, ArmRecord record)
    {
        var echo = write.Wish.DeepClone().AsObject();
        if (write.Contract.HasProperty("provisioningState")) Dotted.Write(echo, "properties.provisioningState", record.State);
        return echo;
    }
}
