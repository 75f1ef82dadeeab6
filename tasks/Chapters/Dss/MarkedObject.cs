using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>
/// A DSS object that carries the mark of its deployment, and may be given a secret. DSS shows no secret, so the mark holds fingerprints:
/// of the secret that was written last, and of what DSS shows in its place. It is written without them first and with them last, so a change that was cut shows as one.
/// </summary>
public abstract class MarkedObject(Dss dss, Manifest manifest, string kind, string name) : DssObject(dss, kind, name)
{
    private const string AsWished = "as wished";

    public sealed override JsonNode? Desired
    {
        get
        {
            if (Wish is not { } wish) return null;

            wish["deployment"] = manifest.Name;
            if (HasSecret) wish["secret"] = AsWished;
            return wish;
        }
    }

    public override string Lane => Dss.Document(Path, Writing).Lane;

    protected Manifest Manifest => manifest;

    /// <summary>The document it is, or is written in.</summary>
    protected abstract string Path { get; }

    protected virtual DssWriting Writing => DssWriting.Put;

    /// <summary>What is wished, in the form in which it is compared; null when it must not exist.</summary>
    protected abstract JsonObject? Wish { get; }

    /// <summary>Whether it is given a secret.</summary>
    protected virtual bool HasSecret => false;

    private protected virtual DssMarks Marks => new(Dss);

    protected DssDocument Document => Dss.Document(Path, Writing);

    public sealed override async Task<JsonNode?> ObserveAsync(CancellationToken cancel)
    {
        if (await Document.ReadAsync(cancel) is not { } document || See(document) is not { } sight) return null;

        var mark = DssMark.Parse(await Marks.ReadAsync(Id, cancel));
        sight.Seen["deployment"] = mark?.Deployment;
        if (HasSecret) sight.Seen["secret"] = await TellAsync(mark, sight.Shown, cancel);
        return sight.Seen;
    }

    public sealed override async Task ApplyAsync(Change change, CancellationToken cancel)
    {
        if (change.Desired is not JsonObject wish)
        {
            await RemoveAsync(cancel);
            Dss.LookAnew();
            await Marks.RemoveAsync(Id, cancel);
            return;
        }

        var secret = HasSecret ? await RevealAsync(cancel) ?? throw new ProblemException(NoSecret()) : null;
        if (await Dss.GetAsync(Path, cancel) is null) await CreateAsync(wish, secret, cancel);
        await MarkAsync(new(manifest.Name), cancel);
        await Document.ChangeAsync(document => Lay(document, wish, secret), Owned(wish), Sight, cancel);
        await ProveAsync(cancel);
        if (secret is not null) await MarkAsync(new(manifest.Name, await Dss.FingerprintAsync(secret, $"{Id}", cancel), await ShownAsync(cancel)), cancel);
    }

    /// <summary>Whether anybody would answer.</summary>
    internal Task<bool> IsAskableAsync(CancellationToken cancel) => Dss.IsUpAsync(cancel);

    public sealed override bool IsOurs(JsonNode observed) => observed["deployment"]?.ToString() == manifest.Name;

    public override Problem? Objection(Verb verb, JsonNode? desired, JsonNode? observed) =>
        observed?["deployment"]?.ToString() is { Length: > 0 } owner && owner != manifest.Name
            ? new Problem(
                "Belongs to another deployment",
                $"{Id} is marked in DSS, by the variable {DssMarks.NameOf(Id)}, as made by {owner}, and this is {manifest.Name}. Two deployments would undo each other's work. Choose another name in the manifest, or remove the variable if {owner} is gone.")
            : null;

    /// <summary>What the document says of it; null when it is not in there.</summary>
    private protected abstract DssSight? See(JsonObject document);

    /// <summary>The secret as it is now; null when nobody has it yet.</summary>
    protected virtual Task<Secret?> RevealAsync(CancellationToken cancel) => Task.FromResult<Secret?>(null);

    /// <summary>Makes the document that is not there.</summary>
    protected virtual Task CreateAsync(JsonObject wish, Secret? secret, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>Lays the wish and the secret over the document.</summary>
    protected abstract void Lay(JsonObject document, JsonObject wish, Secret? secret);

    /// <summary>Pointers of what must be found in the document afterwards.</summary>
    protected virtual IReadOnlyList<string> Owned(JsonObject wish) => DssWish.Pointers(Unmarked(wish));

    /// <summary>The document as those pointers speak of it.</summary>
    protected virtual JsonObject Sight(JsonObject document) => document;

    /// <summary>Proves that what was written works; throws when it does not.</summary>
    protected virtual Task ProveAsync(CancellationToken cancel) => Task.CompletedTask;

    protected abstract Task RemoveAsync(CancellationToken cancel);

    /// <summary>The wish without what only the mark says.</summary>
    protected static JsonObject Unmarked(JsonObject wish) =>
        new(wish.Where(member => member.Key is not ("deployment" or "secret")).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));

    private async Task<string> TellAsync(DssMark? mark, string shown, CancellationToken cancel)
    {
        if (mark is null or { Secret: "" }) return "not written to its end by this deployment";
        if (mark.Shown is not "" && mark.Shown != await FingerprintOfShownAsync(shown, cancel)) return "changed in DSS";
        return await RevealAsync(cancel) is { } secret && mark.Secret == await Dss.FingerprintAsync(secret, $"{Id}", cancel) ? AsWished : "another";
    }

    /// <summary>By what a secret that somebody changes in DSS is noticed. Where DSS shows nothing, or the same secret differently each time, by nothing.</summary>
    private async Task<string> ShownAsync(CancellationToken cancel)
    {
        var (once, again) = (await ReadShownAsync(cancel), await ReadShownAsync(cancel));
        return once is "" || once != again ? "" : await FingerprintOfShownAsync(once, cancel);
    }

    private async Task<string> ReadShownAsync(CancellationToken cancel) => await Dss.GetAsync(Path, cancel) is JsonObject document ? See(document)?.Shown ?? "" : "";

    private Task<string> FingerprintOfShownAsync(string shown, CancellationToken cancel) => Dss.FingerprintAsync(new(shown), $"{Id} as shown", cancel);

    private async Task MarkAsync(DssMark mark, CancellationToken cancel)
    {
        if (await Marks.ReadAsync(Id, cancel) != $"{mark}") await Marks.WriteAsync(Id, $"{mark}", cancel);
    }

    private Problem NoSecret() => new("Secret is not known", $"{Id} is given a secret that nobody has: what it comes from is not there. Run without --exclusive, so that it is made first.");
}

/// <summary>What a document says of one object.</summary>
/// <param name="Seen">It, in the form of the wish, without its secret.</param>
/// <param name="Shown">What DSS shows in place of the secret; empty when nothing.</param>
internal sealed record DssSight(JsonObject Seen, string Shown = "");
