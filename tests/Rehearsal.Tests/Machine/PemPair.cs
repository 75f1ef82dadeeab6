using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>A certificate that signs itself and its key, in files of a test, made by openssl.</summary>
internal sealed class PemPair
{
    private readonly string certificate;
    private readonly string key;

    public PemPair(Stage stage, string name)
    {
        (certificate, key) = (stage.PathOf($"{name}.pem"), stage.PathOf($"{name}.key"));
        using var openssl = Process.Start(new ProcessStartInfo("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", $"/CN={name}.example.com", "-keyout", key, "-out", certificate]) { UseShellExecute = false, RedirectStandardError = true })!;
        openssl.WaitForExit();
        Assert.Equal(0, openssl.ExitCode);
    }

    /// <summary>The settings that hand it to the program.</summary>
    public IReadOnlyList<string> Sets(string mode) => ["--set", $"dss.https.mode={mode}", "--set", $"dss.https.certificate=${{file:{certificate}}}", "--set", $"dss.https.key=${{file:{key}}}"];

    public string Fingerprint
    {
        get
        {
            using var read = X509CertificateLoader.LoadCertificateFromFile(certificate);
            return Convert.ToHexString(read.GetCertHash(System.Security.Cryptography.HashAlgorithmName.SHA256));
        }
    }

    /// <summary>No line of it is in what the program said.</summary>
    public void IsNotIn(HostRun run)
    {
        foreach (var line in File.ReadAllLines(key).Concat(File.ReadAllLines(certificate)).Where(line => !line.StartsWith('-')))
            Assert.DoesNotContain(line, run.Said, StringComparison.Ordinal);
    }
}
