namespace DssPipeline.Planes;

/// <summary>GitHub's word for which workflow this is, made out to Entra.</summary>
internal sealed class GitHubAssertion(SignInFacts facts, AzureEndpoints endpoints, Redactor redactor, TimeProvider clock)
{
    private readonly (string Url, Convergence.Secret Token) service = facts.GitHub();
    private readonly IdentityTokens tokens = new(endpoints, redactor, clock);

    public Task<string> FetchAsync(CancellationToken cancel)
    {
        var join = service.Url.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        return tokens.FetchAsync(HttpMethod.Get, $"{service.Url}{join}audience=api%3A%2F%2FAzureADTokenExchange", service.Token, "value", cancel);
    }
}
