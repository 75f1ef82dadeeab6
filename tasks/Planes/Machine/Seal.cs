using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>The key pair of this run: the machine seals secrets with the one half, and only this process has the other.</summary>
internal sealed class Seal(Redactor redactor) : IDisposable
{
    private readonly Lazy<RSA> pair = new(() => RSA.Create(3072));

    public string PublicKey => pair.Value.ExportSubjectPublicKeyInfoPem();

    /// <summary>Takes the sealed members out of a fact and opens them.</summary>
    public JobAnswer Open(JsonObject fact)
    {
        var secrets = new Dictionary<string, Secret>(StringComparer.Ordinal);
        foreach (var (name, value) in fact.ToList())
        {
            if (value is not JsonObject { Count: 1 } box || box["sealed"] is not JsonValue closed) continue;

            secrets[name] = redactor.Add(new Secret(Encoding.UTF8.GetString(pair.Value.Decrypt(Convert.FromBase64String($"{closed}"), RSAEncryptionPadding.OaepSHA256))));
            fact.Remove(name);
        }

        return new(fact, secrets);
    }

    public void Dispose()
    {
        if (pair.IsValueCreated) pair.Value.Dispose();
    }
}
