namespace DssPipeline.Planes;

/// <summary>Azure Pipelines' word for which service connection this job may use.</summary>
internal sealed class PipelinesAssertion(SignInFacts facts, AzureEndpoints endpoints, Redactor redactor, TimeProvider clock)
{
    private readonly (string Url, Convergence.Secret Token) service = facts.Pipelines();
    private readonly string connection = facts.Connection();
    private readonly IdentityTokens tokens = new(endpoints, redactor, clock);

    public Task<string> FetchAsync(CancellationToken cancel) =>
        tokens.FetchAsync(HttpMethod.Post, $"{service.Url}?api-version=7.1&serviceConnectionId={Uri.EscapeDataString(connection)}", service.Token, "oidcToken", cancel);
}
