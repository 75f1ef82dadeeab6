using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>All objects of one cluster, kept in one private file; what changed last can be told again to those who watch.</summary>
internal sealed class ClusterObjects
{
    private const int Remembered = 2000;

    private readonly string file;
    private readonly TimeProvider clock;
    private readonly SortedDictionary<string, JsonObject> objects = new(StringComparer.Ordinal);
    private readonly List<KubernetesChange> changes = [];
    private bool isChanged;

    public ClusterObjects(string file, TimeProvider clock)
    {
        (this.file, this.clock) = (file, clock);
        if (!File.Exists(file)) return;

        var kept = JsonNode.Parse(File.ReadAllText(file))!;
        Revision = Oldest = (long)kept["revision"]!;
        foreach (var (key, value) in kept["objects"]!.AsObject()) objects[key] = (JsonObject)value!.DeepClone();
    }

    public long Revision { get; private set; }

    /// <summary>Changes up to this one are forgotten.</summary>
    public long Oldest { get; private set; }

    public DateTimeOffset Now => clock.GetUtcNow();

    public JsonObject? Find(KubernetesKind kind, string? space, string name) => objects.GetValueOrDefault(Key(kind, space, name));

    /// <summary>All of a kind, of one namespace or of all.</summary>
    public IReadOnlyList<JsonObject> List(KubernetesKind kind, string? space = null)
    {
        var start = space is null ? $"{kind.Qualified}|" : $"{kind.Qualified}|{space}|";
        return [.. objects.Where(entry => entry.Key.StartsWith(start, StringComparison.Ordinal)).Select(entry => entry.Value)];
    }

    /// <summary>Keeps an object that is new, or the new state of one that is there.</summary>
    public void Put(KubernetesKind kind, JsonObject subject)
    {
        var metadata = Metadata.Of(subject);
        var key = Key(kind, Metadata.Text(subject, "namespace"), Metadata.Name(subject));
        var isNew = !objects.ContainsKey(key);
        if (isNew)
        {
            metadata["uid"] ??= Guid.NewGuid().ToString();
            metadata["creationTimestamp"] ??= Metadata.Time(Now);
        }

        subject["apiVersion"] = kind.ApiVersion;
        subject["kind"] = kind.Kind;
        metadata["resourceVersion"] = $"{++Revision}";
        objects[key] = subject;
        Note(isNew ? "ADDED" : "MODIFIED", kind, subject);
    }

    public void Remove(KubernetesKind kind, JsonObject subject)
    {
        objects.Remove(Key(kind, Metadata.Text(subject, "namespace"), Metadata.Name(subject)));
        Metadata.Of(subject)["resourceVersion"] = $"{++Revision}";
        Note("DELETED", kind, subject);
    }

    public IEnumerable<KubernetesChange> Since(long revision) => changes.Where(change => change.Revision > revision);

    public void Save()
    {
        if (!isChanged) return;

        var kept = new JsonObject { ["revision"] = Revision, ["objects"] = new JsonObject(objects.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value.DeepClone()))) };
        StateFolder.WritePrivate(file, kept.ToJsonString());
        isChanged = false;
    }

    private void Note(string verb, KubernetesKind kind, JsonObject subject)
    {
        isChanged = true;
        changes.Add(new(Revision, verb, kind, subject.DeepClone().AsObject()));
        if (changes.Count <= Remembered) return;

        Oldest = changes[0].Revision;
        changes.RemoveAt(0);
    }

    private static string Key(KubernetesKind kind, string? space, string name) => $"{kind.Qualified}|{space}|{name}";
}

/// <summary>What happened to an object: ADDED, MODIFIED or DELETED.</summary>
internal sealed record KubernetesChange(long Revision, string Verb, KubernetesKind Kind, JsonObject Subject);
