using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;

namespace DssPipeline.Sandbox;

/// <summary>The certificate that the sandbox shows under a name: one for all, and one for each name that no wildcard covers.</summary>
internal sealed class Certificates(CertificateAuthority authority)
{
    // Region and account stand in the middle of these names, and a wildcard covers the first label only.
    private static readonly string[] Deep = [KubernetesClusters.Suffix, Registries.Suffix];

    private readonly X509Certificate2 _all = authority.Issue();
    private readonly ConcurrentDictionary<string, Lazy<X509Certificate2>> _more = new(StringComparer.OrdinalIgnoreCase);

    public X509Certificate2 Of(string? name) =>
        name is not null && Array.Exists(Deep, end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase)) && name.Count('.') > 2
            ? _more.GetOrAdd(name, _ => new(() => authority.Issue(name))).Value
            : _all;
}
