namespace DssPipeline.Chapters;

/// <summary>Whether everybody who signs in has something to sign in with.</summary>
internal static class IdentityChecks
{
    public static IReadOnlyList<Check> All { get; } =
    [
        new(["/identity/kind", "/identity/servicePrincipal"], Kind),
        new(["/azure/signIn"], SignIn),
        new(["/identity", "/aks/connections"], Connections),
        new(["/identity/servicePrincipal", "/adls"], Adls),
    ];

    private static IEnumerable<Mismatch> Kind(Manifest manifest)
    {
        if (manifest.Identity is { Kind: IdentityKind.ServicePrincipal, ServicePrincipal: null })
        {
            yield return new("/identity/kind", Summaries.Contradiction, "identity.kind is servicePrincipal, but identity.servicePrincipal is missing. State its clientId, objectId and clientSecret, or set identity.kind to managedIdentity.");
        }
    }

    private static IEnumerable<Mismatch> SignIn(Manifest manifest)
    {
        var signIn = manifest.Azure.SignIn;
        if (signIn is { Method: SignInMethod.ClientSecret, ClientSecret: null })
        {
            yield return new("/azure/signIn/method", Summaries.Contradiction, "azure.signIn.method is clientSecret, but azure.signIn.clientSecret is missing. Write ${env:AZURE_CLIENT_SECRET} there, or choose another method.");
        }
        else if (signIn is { Method: not SignInMethod.ClientSecret, ClientSecret: not null })
        {
            yield return new("/azure/signIn/clientSecret", Summaries.Contradiction, "azure.signIn.clientSecret is stated, but azure.signIn.method is not clientSecret, so nobody would use it. Set the method, or remove the secret.");
        }
    }

    private static IEnumerable<Mismatch> Connections(Manifest manifest)
    {
        foreach (var (index, connection) in manifest.Aks.Connections.Index())
        {
            var principal = connection.Auth is AksConnectionAuth.ServicePrincipal || (connection.Auth is null && manifest.Identity.Kind is IdentityKind.ServicePrincipal);
            var (pointer, path) = ($"/aks/connections/{index}", $"aks.connections[{connection.Name}]");
            if (connection is { Auth: AksConnectionAuth.ServicePrincipal, ServicePrincipal: null } && manifest.Identity.ServicePrincipal is null)
            {
                yield return new($"{pointer}/auth", Summaries.Contradiction, $"{path}.auth is servicePrincipal, but neither it nor identity states a servicePrincipal. Add one to identity, or to the connection.");
            }

            if (!principal && connection.Legacy is true)
            {
                yield return new($"{pointer}/legacy", Summaries.Contradiction, $"{path}.legacy is true, but it signs in with a managed identity, which the legacy preset cannot. Remove legacy, or set auth to servicePrincipal.");
            }
        }
    }

    private static IEnumerable<Mismatch> Adls(Manifest manifest)
    {
        foreach (var (account, section) in manifest.Adls.Index())
        {
            foreach (var (index, connection) in section.Connections.Index())
            {
                var (pointer, path) = ($"/adls/{account}/connections/{index}", $"adls[{section.Account}].connections[{connection.Name}]");
                if (connection is { Auth: ConnectionAuth.ServicePrincipal, ServicePrincipal: null } && manifest.Identity.ServicePrincipal is null)
                {
                    yield return new($"{pointer}/auth", Summaries.Contradiction, $"{path} signs in as a service principal, but neither it nor identity states one. DSS knows no managed identity here: add identity.servicePrincipal, or a servicePrincipal of the connection's own, or set auth to sharedKey.");
                }

                if (connection.Auth is ConnectionAuth.SharedKey && !section.SharedKey)
                {
                    yield return new($"{pointer}/auth", Summaries.Contradiction, $"{path}.auth is sharedKey, but adls[{section.Account}].sharedKey is false, so the keys do not open the account. Set it to true, or auth to servicePrincipal.");
                }
            }
        }
    }
}
