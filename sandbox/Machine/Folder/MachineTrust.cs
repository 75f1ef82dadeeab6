namespace DssPipeline.Sandbox;

/// <summary>The one authority a machine trusts: the sandbox's own, which stands behind everything a machine can reach.</summary>
internal static class MachineTrust
{
    private static readonly string[] Places = ["etc/ssl/certs/ca-certificates.crt", "etc/pki/tls/certs/ca-bundle.crt", "etc/ssl/cert.pem"];

    // The host's 140 authorities would prove nothing in here, and each curl would read them all: three quarters of its time.
    public static void Write(string root, string caFile)
    {
        var own = File.ReadAllText(caFile);
        var first = Path.Combine(root, Places[0]);
        if (File.Exists(first) && File.ReadAllText(first).EndsWith(own, StringComparison.Ordinal)) return;

        foreach (var place in Places)
        {
            var file = Path.Combine(root, place);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, own);
        }
    }
}
