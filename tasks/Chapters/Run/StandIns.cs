using System.Text.RegularExpressions;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>Keeps, in a sandbox, stand-ins for the secrets that a rehearsal does not have: those that others keep in vaults of theirs, and those whose source is absent.</summary>
public sealed partial class StandIns(Vault vault, Manifest manifest)
{
    /// <summary>The vault of a sandbox that holds what stands in for absent variables and files.</summary>
    public const string VaultName = "rehearsal";

    /// <summary>Name in that vault of what stands in for a key.</summary>
    public static string NameOf(string key)
    {
        var name = Others().Replace(key, "-").Trim('-');
        return name[..Math.Min(name.Length, 127)];
    }

    /// <summary>Writes what is absent; what is there stays as it is. The deployment's own vault is left to the deployment.</summary>
    /// <returns>What was written into vaults of others.</returns>
    public async Task<IReadOnlyList<VaultSecret>> PlaceAsync(CancellationToken cancel)
    {
        var made = new List<VaultSecret>();
        foreach (var group in Places.GroupBy(place => place.Group, StringComparer.Ordinal))
        {
            if (!await AreThereAsync(group, cancel)) made.AddRange(await WriteAsync([.. group], cancel));
        }

        return [.. made.Where(secret => secret.Vault != VaultName)];
    }

    private IEnumerable<Place> Places =>
        from secret in SecretKeys.In(manifest)
        let place = PlaceOf(secret.Key, secret.Value)
        where place is not null
        select new Place(secret.Key, place);

    private VaultSecret? PlaceOf(string key, SecretValue value) => value switch
    {
        { IsStandIn: true } => new(VaultName, NameOf(key)),
        { Kept: { } kept } when !string.Equals(kept.Vault, manifest.Names.KeyVault.Name, StringComparison.OrdinalIgnoreCase) => kept,
        _ => null,
    };

    private async Task<bool> AreThereAsync(IEnumerable<Place> group, CancellationToken cancel)
    {
        var found = await Task.WhenAll(group.Select(place => vault.ReadAsync(place.Secret.Vault, place.Secret.Name, cancel)));
        return Array.TrueForAll(found, secret => secret is not null);
    }

    private async Task<IEnumerable<VaultSecret>> WriteAsync(IReadOnlyList<Place> group, CancellationToken cancel)
    {
        var pair = group[0].IsOfPair ? RehearsalCertificate.For(manifest.Dss.Https.HostName ?? "localhost") : null;
        foreach (var place in group) await vault.WriteAsync(place.Secret.Vault, place.Secret.Name, new(ValueOf(place, pair)), cancel);
        return group.Select(place => place.Secret);
    }

    private static string ValueOf(Place place, RehearsalCertificate? pair) => place.Last switch
    {
        "certificate" => pair!.Certificate,
        "key" => pair!.Key,
        "license" => $$"""{"licenseContent": {"rehearsal": "{{place.Key}}" } }""",
        _ => $"rehearsal of {place.Key}",
    };

    /// <summary>A key of the manifest and where its stand-in is kept. A certificate and its key are made together.</summary>
    private sealed record Place(string Key, VaultSecret Secret)
    {
        public string Last => Key[(Key.LastIndexOf('.') + 1)..];

        public bool IsOfPair => Last is "certificate" or "key";

        public string Group => IsOfPair ? Key[..^Last.Length] : Key;
    }

    [GeneratedRegex("[^0-9a-zA-Z]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Others();
}
