using System.Text.Json;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>
/// One item of a list in the general settings of DSS, known by its name. The lists inside it are ours as a whole, so that what the manifest
/// stops naming goes; members that the manifest does not know stay as they are.
/// </summary>
public abstract class SettingsEntry(Dss dss, Manifest manifest, string kind, string name) : MarkedObject(dss, manifest, kind, name)
{
    private const string SecretFlag = "secret";

    /// <summary>Where the general settings are.</summary>
    public const string General = "admin/general-settings";

    // The order of such lists means nothing.
    public override Comparison Comparison => base.Comparison with { Unordered = [""] };

    protected sealed override string Path => General;

    /// <summary>Pointer of the list that it is an item of.</summary>
    protected abstract string List { get; }

    /// <summary>Members of a new one that the manifest has no say in.</summary>
    protected virtual JsonObject Template => [];

    /// <summary>The list inside it whose entries may be secret.</summary>
    protected virtual string SecretList => "properties";

    /// <summary>Entries whose values DSS keeps secret, by their keys.</summary>
    protected virtual IReadOnlyList<SecretEntrySection> Secrets => [];

    protected sealed override bool HasSecret => Secrets.Count > 0;

    /// <summary>An entry as DSS keeps it, without its value where that is secret.</summary>
    protected JsonArray Entries(IReadOnlyDictionary<string, string> plain) =>
    [
        .. plain.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => Json.Of(new { key = entry.Key, value = entry.Value, secret = false })),
        .. Secrets.Select(entry => Json.Of(new { key = entry.Key, secret = true })),
    ];

    private protected sealed override DssSight? See(JsonObject document)
    {
        if (Find(document) is not { } entry) return null;

        var shown = string.Join('\n', SecretsIn(entry).Select(secret => $"{secret["key"]}={secret["value"]}"));
        foreach (var secret in SecretsIn(entry)) secret.Remove("value");
        return new(new JsonObject((Wish ?? []).Select(member => KeyValuePair.Create(member.Key, Pointer.Member(entry, member.Key)?.DeepClone()))), shown);
    }

    protected sealed override void Lay(JsonObject document, JsonObject wish, Secret? secret)
    {
        var list = NamedItems.ListAt(document, List);
        var before = Find(document);
        var after = (JsonObject)Planes.Overlay.Of(before ?? Fresh(), Unmarked(wish))!;
        if (secret is not null) Fill(after, JsonSerializer.Deserialize<Dictionary<string, string>>(secret.Reveal())!);
        if (before is null) list.Add(after);
        else list[list.IndexOf(before)] = after;
    }

    /// <summary>All that is written, save the secrets, which DSS does not give back.</summary>
    protected sealed override IReadOnlyList<string> Owned(JsonObject wish) => NamedItems.Pointers(Unmarked(wish), $"{List}/{Pointer.Escape(Id.Name)}");

    protected sealed override Task RemoveAsync(CancellationToken cancel) => Document.ChangeAsync(
        document =>
        {
            if (Find(document) is { } entry) NamedItems.ListAt(document, List).Remove(entry);
            Release(document);
        },
        [$"{List}/{Pointer.Escape(Id.Name)}"],
        cancel);

    /// <summary>Takes back what names it elsewhere in the document, when it is removed.</summary>
    protected virtual void Release(JsonObject document)
    {
    }

    /// <summary>The key of the manifest under which a secret is stated.</summary>
    protected virtual string KeyOf(SecretEntrySection entry) => "";

    protected virtual Task<Secret> RevealAsync(SecretEntrySection entry, CancellationToken cancel) => throw new NotSupportedException();

    protected sealed override async Task<Secret?> RevealAsync(CancellationToken cancel)
    {
        var values = await Task.WhenAll(Secrets.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(async entry => (entry.Key, Value: Dss.Redactor.Add(await RevealAsync(entry, cancel)))));
        return new(JsonSerializer.Serialize(values.ToDictionary(entry => entry.Key, entry => entry.Value.Reveal(), StringComparer.Ordinal)));
    }

    private JsonObject Fresh()
    {
        var fresh = (JsonObject)Template.DeepClone();
        fresh["name"] = Id.Name;
        return fresh;
    }

    private void Fill(JsonObject entry, Dictionary<string, string> values)
    {
        foreach (var secret in SecretsIn(entry).Where(secret => values.ContainsKey($"{secret["key"]}"))) secret["value"] = values[$"{secret["key"]}"];
    }

    private List<JsonObject> SecretsIn(JsonObject entry) =>
        [.. (entry[SecretList] as JsonArray ?? []).OfType<JsonObject>().Where(item => item[SecretFlag]?.ToString() is "true")];

    private JsonObject? Find(JsonObject document) => (Pointer.At(document, List) as JsonArray)?.OfType<JsonObject>().FirstOrDefault(entry => entry["name"]?.ToString() == Id.Name);
}
