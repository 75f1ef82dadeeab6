using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>Secrets of a deployment that can be found wherever they appear: plain, as JSON, percent-encoded or in base64.</summary>
internal sealed class Marks
{
    private readonly Dictionary<string, string> secrets = new(StringComparer.Ordinal);

    /// <summary>Their names.</summary>
    public IReadOnlyCollection<string> Names => secrets.Keys;

    /// <summary>A new secret of that name, of letters and digits only, so that no way of writing changes it.</summary>
    public string New(string name) => secrets[name] = $"{name}{RandomNumberGenerator.GetHexString(24, lowercase: true)}";

    /// <summary>A secret that somebody else made.</summary>
    public void Add(string name, string value) => secrets[name] = value;

    /// <summary>What would be seen of each.</summary>
    public IReadOnlyList<string> Words => [.. secrets.Values.SelectMany(secret => Forms(secret)).Distinct(StringComparer.Ordinal)];

    /// <summary>Names of the secrets that stand in a text.</summary>
    public IReadOnlyList<string> In(string text) => [.. secrets.Where(pair => Forms(pair.Value).Any(form => text.Contains(form, StringComparison.Ordinal))).Select(pair => pair.Key)];

    /// <summary>A certificate with its key, both in PEM; the mark is a line of the key.</summary>
    public (string Certificate, string Key) NewCertificate(string name)
    {
        using var rsa = RSA.Create(2048);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=dss.example.com", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
        var key = rsa.ExportPkcs8PrivateKeyPem();
        Add(name, key.Split('\n')[5]);
        return (certificate.ExportCertificatePem(), key);
    }

    /// <summary>A pair of ssh keys; the mark is a line of the private one.</summary>
    public async Task<(string Public, string Private)> NewSshKeyAsync(string name, string file)
    {
        using var keygen = Process.Start("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "marked", "-f", file]);
        await keygen.WaitForExitAsync();
        var (open, hidden) = (await File.ReadAllTextAsync(file + ".pub"), await File.ReadAllTextAsync(file));
        Add(name, hidden.Split('\n')[3]);
        return (open.Trim(), hidden);
    }

    // In base64 a text looks in three ways, as it begins at the first, second or third byte of a group.
    private static IEnumerable<string> Forms(string secret) => Enumerable.Range(0, 3)
        .Select(before => Convert.ToBase64String(Encoding.UTF8.GetBytes(new string('x', before) + secret)))
        .Select(text => text[4..^4])
        .Prepend(secret);
}
