using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>A file whose content is a secret of the manifest, which may be kept in a vault: the licence, the certificate and its key. Nothing of it is shown.</summary>
public sealed class DssSecretFile(Machine machine, DssHome home, DssSecrets secrets, string path) : DssResource(machine, home, "dssSecretFile", path.TrimStart('/'))
{
    public required SecretValue Content { get; init; }

    /// <summary>The key of the manifest that names it.</summary>
    public required string Key { get; init; }

    public string Owner { get; init; } = "root";

    public string Group { get; init; } = "root";

    public string Mode { get; init; } = "0600";

    /// <summary>What the content must be: <c>certificate</c> or <c>key</c>, in PEM; null for anything.</summary>
    public string? Check { get; init; }

    public override bool IsLong => false;

    public override JsonNode Desired => Json.Of(new { owner = Owner, group = Group, mode = Mode, content = "as wished" });

    public override string? Interruption(IReadOnlyList<Difference> differences) => differences.Any(difference => difference.Path is "/content") ? Notice : null;

    public override async Task<JobValues> AskingAsync(CancellationToken cancel)
    {
        var (values, offered) = (Asking, await secrets.OfferAsync(Content, Key, cancel));
        values.Add("content", offered.Value);
        values.Add("unread", offered.Unread);
        return values;
    }

    public override async Task<JobValues> MakingAsync(Change change, CancellationToken cancel)
    {
        var values = Asking;
        values.Add("content", await secrets.RevealAsync(Content, Key, cancel));
        return values;
    }

    protected override JobValues Asking
    {
        get
        {
            var values = base.Asking;
            values.Add("path", path);
            values.Add("owner", Owner);
            values.Add("group", Group);
            values.Add("mode", Mode);
            values.Add("check", Check);
            values.Add("named", Key);
            return values;
        }
    }
}
