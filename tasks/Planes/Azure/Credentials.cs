using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;

namespace DssPipeline.Planes;

/// <summary>Makes the credential a run signs in with.</summary>
public static class Credentials
{
    /// <summary>The credential that was asked for, or the one the environment offers. Every token of it is shared and renewed in time.</summary>
    /// <exception cref="Convergence.ProblemException">Something it needs is missing; the problem says which.</exception>
    public static TokenCredential For(SignIn signIn, AzureEndpoints endpoints, Redactor redactor, TimeProvider clock)
    {
        var facts = new SignInFacts(signIn);
        var kind = facts.Kind;
        var transport = new HttpClientTransport(Trust.Client(endpoints));
        TokenCredential credential = kind switch
        {
            SignInKind.ClientSecret => BySecret(facts, redactor, Set(new ClientSecretCredentialOptions(), endpoints, transport)),
            SignInKind.ManagedIdentity => new ManagedIdentityCredential(Set(new ManagedIdentityCredentialOptions(Which(facts)), endpoints, transport)),
            SignInKind.GitHub => ByAssertion(facts, new GitHubAssertion(facts, endpoints, redactor, clock).FetchAsync, endpoints, transport),
            SignInKind.AzurePipelines => ByAssertion(facts, new PipelinesAssertion(facts, endpoints, redactor, clock).FetchAsync, endpoints, transport),
            _ => ByDefault(facts, endpoints, transport),
        };
        return new SharedCredential(credential, redactor, clock);
    }

    /// <summary>The way in that would be taken, for the run to tell.</summary>
    public static SignInKind KindOf(SignIn signIn) => new SignInFacts(signIn).Kind;

    private static ClientSecretCredential BySecret(SignInFacts facts, Redactor redactor, ClientSecretCredentialOptions options) =>
        new(facts.Tenant(), facts.Client(), redactor.Add(facts.Secret()).Reveal(), options);

    /// <summary>An assertion lives about five minutes and a run for hours, so each token is asked for with a fresh one.</summary>
    private static ClientAssertionCredential ByAssertion(SignInFacts facts, Func<CancellationToken, Task<string>> fetch, AzureEndpoints endpoints, HttpPipelineTransport transport) =>
        new(facts.Tenant(), facts.Client(), fetch, Set(new ClientAssertionCredentialOptions(), endpoints, transport));

    private static DefaultAzureCredential ByDefault(SignInFacts facts, AzureEndpoints endpoints, HttpPipelineTransport transport)
    {
        var options = Set(new DefaultAzureCredentialOptions(), endpoints, transport);
        options.DisableInstanceDiscovery = IsPrivate(endpoints);
        if (facts.ClientOrNone is { } client) (options.ManagedIdentityClientId, options.WorkloadIdentityClientId) = (client, client);
        if (facts.TenantOrNone is { } tenant) options.TenantId = tenant;
        return new DefaultAzureCredential(options);
    }

    private static ManagedIdentityId Which(SignInFacts facts) =>
        facts.ClientOrNone is { } client ? ManagedIdentityId.FromUserAssignedClientId(client) : ManagedIdentityId.SystemAssigned;

    private static T Set<T>(T options, AzureEndpoints endpoints, HttpPipelineTransport transport)
        where T : TokenCredentialOptions
    {
        options.AuthorityHost = endpoints.Authority;
        options.Transport = transport;
        options.Diagnostics.IsDistributedTracingEnabled = false;
        // Only the public cloud vouches for an authority; any other is trusted because it was named.
        if (options is ClientSecretCredentialOptions secret) secret.DisableInstanceDiscovery = IsPrivate(endpoints);
        if (options is ClientAssertionCredentialOptions assertion) assertion.DisableInstanceDiscovery = IsPrivate(endpoints);
        return options;
    }

    private static bool IsPrivate(AzureEndpoints endpoints) => endpoints.Authority != AzureEndpoints.Public.Authority;
}
