using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Everything that exists in the sandbox's Azure, kept in a folder; what was answered survives the end of the process, however it ends.</summary>
public sealed class ArmStore : IDisposable
{
    private readonly Dictionary<string, ArmRecord> records = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, ArmRecord>> byType = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ArmOperation> operations = new(StringComparer.Ordinal);
    private readonly HashSet<string> changed = new(StringComparer.Ordinal);
    private readonly HashSet<string> moved = new(StringComparer.Ordinal);
    private readonly ArmJournal journal;

    public ArmStore(string folder)
    {
        Folder = Directory.CreateDirectory(folder).FullName;
        journal = new(Path.Combine(Folder, "arm.jsonl"));
        var lines = 0;
        foreach (var line in journal.Read())
        {
            lines++;
            foreach (var change in line) Replay(change!.AsObject());
        }

        if (lines > 200 && lines > 2 * records.Count) Compact();
    }

    public string Folder { get; }

    /// <summary>Held while the world is read or changed.</summary>
    internal Lock Gate { get; } = new();

    internal IReadOnlyCollection<ArmRecord> Records => records.Values;

    internal IReadOnlyCollection<ArmOperation> Operations => operations.Values;

    /// <summary>A copy of what a read of an id shows, before its spelling is bent; null where nothing is.</summary>
    public JsonObject? Find(string id)
    {
        lock (Gate) return Record(id)?.Document.DeepClone().AsObject();
    }

    /// <summary>A copy of what is kept about an id but never shown: keys, passwords, secrets.</summary>
    public JsonObject? FindHidden(string id)
    {
        lock (Gate) return Record(id)?.Hidden.DeepClone().AsObject();
    }

    /// <summary>Copies of everything of one type.</summary>
    public IReadOnlyList<JsonObject> OfType(string type)
    {
        lock (Gate) return [.. Type(type).Select(record => record.Document.DeepClone().AsObject())];
    }

    /// <summary>Puts something into the world past Azure's rules, as its other planes do.</summary>
    public void Put(string id, JsonObject document, JsonObject? hidden)
    {
        lock (Gate)
        {
            Save(new ArmRecord(ArmId.Parse(id) ?? throw new ArgumentException($"{id} is no id", nameof(id)), document.DeepClone().AsObject(), hidden?.DeepClone().AsObject() ?? []));
            Commit();
        }
    }

    /// <summary>Takes something, and all below it, out of the world.</summary>
    public void Remove(string id)
    {
        lock (Gate)
        {
            var gone = ArmId.Parse(id) ?? throw new ArgumentException($"{id} is no id", nameof(id));
            foreach (var record in records.Values.Where(record => record.Id.IsWithin(gone)).ToList()) Drop(record);
            Commit();
        }
    }

    public void Dispose() => journal.Dispose();

    internal ArmRecord? Record(string id) => records.GetValueOrDefault(id.TrimEnd('/').ToLowerInvariant());

    internal IEnumerable<ArmRecord> Type(string type) => byType.TryGetValue(type, out var found) ? found.Values : [];

    internal ArmOperation? Operation(string token) => operations.GetValueOrDefault(token);

    internal void Save(ArmRecord record)
    {
        records[record.Id.Key] = record;
        if (!byType.TryGetValue(record.Id.Type, out var kind)) byType[record.Id.Type] = kind = new(StringComparer.Ordinal);
        kind[record.Id.Key] = record;
        changed.Add(record.Id.Key);
    }

    internal void Drop(ArmRecord record)
    {
        records.Remove(record.Id.Key);
        byType[record.Id.Type].Remove(record.Id.Key);
        changed.Add(record.Id.Key);
    }

    internal void Save(ArmOperation operation)
    {
        operations[operation.Token] = operation;
        moved.Add(operation.Token);
    }

    /// <summary>Makes everything since the last commit survive, all of it or nothing.</summary>
    internal void Commit()
    {
        if (changed.Count + moved.Count == 0) return;
        journal.Append([.. changed.Select(Change), .. moved.Select(token => new JsonObject { ["operation"] = operations[token].ToJson() })]);
        changed.Clear();
        moved.Clear();
    }

    private JsonObject Change(string key) => records.TryGetValue(key, out var record)
        ? new() { ["id"] = record.Id.Text, ["document"] = record.Document.DeepClone(), ["hidden"] = record.Hidden.DeepClone() }
        : new() { ["gone"] = key };

    private void Replay(JsonObject change)
    {
        if (change["operation"] is { } operation) operations[(string)operation["Token"]!] = ArmOperation.Read(operation);
        else if (change["gone"] is { } gone && Record((string)gone!) is { } dropped) Drop(dropped);
        else if (change["id"] is { } id) Save(new ArmRecord(ArmId.Parse((string)id!)!, change["document"]!.DeepClone().AsObject(), change["hidden"]!.DeepClone().AsObject()));
        changed.Clear();
    }

    private void Compact()
    {
        foreach (var ended in operations.Values.Where(operation => !operation.IsRunning).ToList()) operations.Remove(ended.Token);
        journal.Rewrite(records.Keys.Select(key => new JsonArray(Change(key))).Concat(operations.Values.Select(operation => new JsonArray(new JsonObject { ["operation"] = operation.ToJson() }))));
    }
}
