namespace DssPipeline.Sandbox;

/// <summary>A foreign token the service principal accepts in place of a secret.</summary>
public sealed record FederatedCredential(string Issuer, string Subject, string Audience)
{
    public const string ExchangeAudience = "api://AzureADTokenExchange";

    public static FederatedCredential GitHub { get; } = new(
        "https://token.actions.githubusercontent.com",
        "repo:sandbox/deployment:environment:production",
        ExchangeAudience);

    public static FederatedCredential AzurePipelines { get; } = new(
        "https://vstoken.dev.azure.com/ffffffff-0000-4000-8000-000000000006",
        "sc://sandbox/deployment/azure",
        ExchangeAudience);

    public static IReadOnlyList<FederatedCredential> Defaults { get; } = [GitHub, AzurePipelines];
}
