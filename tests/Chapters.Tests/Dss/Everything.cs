namespace DssPipeline.Chapters.Tests;

/// <summary>The manifest with everything that the chapters inside DSS read.</summary>
internal static class Everything
{
    public static Manifest Read(params IReadOnlyList<string> sets) => With("sandbox-only-secret", "hunter2", sets);

    public static Manifest With(string clientSecret, string password, params IReadOnlyList<string> sets) => ManifestReader.ReadText(
        File.ReadAllText(Path.Combine(Snapshot.Folder(), "everything.yml")),
        "everything.yml",
        new ReadOptions { Sets = sets, Variables = name => name switch { "CLIENT_SECRET" => clientSecret, "ADA_PASSWORD" => password, "LICENSE" => "{}", _ => null } });
}
