using System.Security.Cryptography;
using System.Text;

namespace DssPipeline.Convergence;

/// <summary>A value that must reach no log, plan, report, argv or exception.</summary>
public sealed class Secret(string value) : IEquatable<Secret>
{
    /// <summary>The value itself, for the one call that needs it.</summary>
    public string Reveal() => value;

    /// <summary>A keyed fingerprint (32 hex digits): tells that a secret changed without telling the secret.</summary>
    public string Fingerprint(string key) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(value)))[..32];

    public bool Equals(Secret? other) =>
        other is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(value), Encoding.UTF8.GetBytes(other.Reveal()));

    public override bool Equals(object? obj) => Equals(obj as Secret);

    public override int GetHashCode() => value.Length;

    public override string ToString() => "(secret)";
}
