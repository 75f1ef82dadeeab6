using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>A secret of the manifest: either known since reading, or kept in a Key Vault and fetched by whoever needs it.</summary>
public sealed record SecretValue
{
    private SecretValue(string source) => Source = source;

    /// <summary>How the manifest names it, for messages: <c>${env:NAME}</c>. Never the value.</summary>
    public string Source { get; }

    /// <summary>The value, when it came from the environment or a file.</summary>
    public Secret? Known { get; private init; }

    /// <summary>Where it is kept, when it is a secret of a vault.</summary>
    public VaultSecret? Kept { get; private init; }

    /// <summary>True when a rehearsal stands in for a source that is absent.</summary>
    public bool IsStandIn { get; private init; }

    public static SecretValue Of(string source, Secret known) => new(source) { Known = known };

    public static SecretValue In(VaultSecret kept) => new($"${{keyvault:{kept.Vault}/{kept.Name}}}") { Kept = kept };

    public static SecretValue StandIn(string source) => new(source) { Known = new("rehearsal"), IsStandIn = true };

    public override string ToString() => $"{Source} (secret)";
}

/// <summary>One secret of one Key Vault.</summary>
public sealed record VaultSecret(string Vault, string Name);
