namespace DssPipeline.Sandbox;

/// <summary>The certificates a machine trusts: those of the host, and the sandbox's own authority.</summary>
internal static class MachineTrust
{
    private static readonly string[] Bundles = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem"];

    private static readonly string[] Places = ["etc/ssl/certs/ca-certificates.crt", "etc/pki/tls/certs/ca-bundle.crt", "etc/ssl/cert.pem"];

    public static void Write(string root, string caFile)
    {
        var own = File.ReadAllText(caFile);
        var first = Path.Combine(root, Places[0]);
        if (File.Exists(first) && File.ReadAllText(first).EndsWith(own, StringComparison.Ordinal)) return;

        var known = Array.Find(Bundles, File.Exists) is { } bundle ? File.ReadAllText(bundle) : "";
        foreach (var place in Places)
        {
            var file = Path.Combine(root, place);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, known + own);
        }
    }
}
