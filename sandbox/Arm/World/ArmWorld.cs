using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>What exists, what is going on, and what time it is: the ground all rules stand on. Used only while the store's gate is held.</summary>
internal sealed class ArmWorld
{
    public ArmWorld(ArmStore store, TimeProvider clock, ArmOptions options)
    {
        Store = store;
        Clock = clock;
        Options = options;
        Operations = new(this);
    }

    public ArmStore Store { get; }

    public TimeProvider Clock { get; }

    public ArmOptions Options { get; }

    public OperationsDesk Operations { get; }

    public DateTimeOffset Now => Clock.GetUtcNow();

    public string Timestamp => Now.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ");

    /// <summary>What is there, whether or not a reader may see it yet.</summary>
    public ArmRecord? Record(string? id) => id is null ? null : Store.Record(id);

    /// <summary>What a reader sees now: looking lets running work come to its end.</summary>
    public ArmRecord? Look(string? id)
    {
        if (Record(id) is not { } record) return null;
        Operations.Look(record);
        return Record(id) is { IsInvisible: false } seen ? seen : null;
    }

    public IEnumerable<ArmRecord> Of(string type) => Store.Type(type);

    public IEnumerable<ArmRecord> Children(ArmId parent, string shortType) =>
        Of($"{parent.Type}/{shortType}").Where(record => record.Id.Parent!.Key == parent.Key).OrderBy(record => record.Id.Key, StringComparer.Ordinal);

    public void Save(ArmRecord record) => Store.Save(record);

    public void Save(ArmId id, JsonObject document) => Store.Save(new ArmRecord(id, document, []));

    /// <summary>Removes a thing with all that lives in it, and lets their types tidy up elsewhere.</summary>
    public void Remove(ArmRecord record)
    {
        var going = Store.Records.Where(other => other.Id.IsWithin(record.Id)).OrderByDescending(other => other.Id.Key.Length).ToList();
        foreach (var gone in going) TypeRules.Of(gone.Id.Type).Leaving(this, gone);
        foreach (var gone in going) Store.Drop(gone);
        foreach (var gone in going) TypeRules.Of(gone.Id.Type).Gone(this, gone);
    }

    /// <summary>The resource above and all that it is part of get a new etag, as Network does it.</summary>
    public void Touch(ArmId? id)
    {
        for (; Record(id?.Text) is { } record; id = id!.Parent)
        {
            if (!record.Document.ContainsKey("etag") || !record.Id.Type.StartsWith("Microsoft.Network/", StringComparison.OrdinalIgnoreCase)) continue;
            record.Document["etag"] = $"W/\"{Guid.NewGuid()}\"";
            Save(record);
        }
    }
}
