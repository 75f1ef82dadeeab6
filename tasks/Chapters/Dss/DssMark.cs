namespace DssPipeline.Chapters;

/// <summary>What a mark says: which deployment made the thing, and by what its secret is recognised.</summary>
/// <param name="Secret">Fingerprint of the secret; empty while it is being written, or when there is none.</param>
/// <param name="Shown">Fingerprint of what DSS shows in place of the secret; empty when that says nothing.</param>
internal sealed record DssMark(string Deployment, string Secret = "", string Shown = "")
{
    private const string Nothing = "-";

    public static DssMark? Parse(string? text) => text?.Split(' ') switch
    {
        [{ Length: > 0 } deployment, var secret, var shown] => new(deployment, Read(secret), Read(shown)),
        [{ Length: > 0 } deployment, ..] => new(deployment),
        _ => null,
    };

    public override string ToString() => Secret is "" ? Deployment : $"{Deployment} {Secret} {(Shown is "" ? Nothing : Shown)}";

    private static string Read(string word) => word is Nothing ? "" : word;
}
