using DssPipeline.Convergence;

namespace DssPipeline.Planes.Tests;

public sealed class SignInFactsTests
{
    private static readonly Dictionary<string, string> Everything = new(StringComparer.Ordinal)
    {
        ["ACTIONS_ID_TOKEN_REQUEST_URL"] = "https://github.example/token",
        ["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] = "request-token",
        ["SYSTEM_OIDCREQUESTURI"] = "https://devops.example/oidctoken",
        ["SYSTEM_ACCESSTOKEN"] = "access-token",
        ["AZURESUBSCRIPTION_SERVICE_CONNECTION_ID"] = "connection",
        ["AZURE_TENANT_ID"] = "tenant",
        ["AZURE_CLIENT_ID"] = "client",
        ["AZURE_CLIENT_SECRET"] = "client-secret",
    };

    [Theory]
    [InlineData(SignInKind.GitHub, "ACTIONS_ID_TOKEN_REQUEST_URL", "permissions: id-token: write")]
    [InlineData(SignInKind.GitHub, "AZURE_CLIENT_ID", "azure.signIn.clientId")]
    [InlineData(SignInKind.GitHub, "AZURE_TENANT_ID", "azure.tenant")]
    [InlineData(SignInKind.AzurePipelines, "SYSTEM_ACCESSTOKEN", "SYSTEM_ACCESSTOKEN: $(System.AccessToken)")]
    [InlineData(SignInKind.AzurePipelines, "SYSTEM_OIDCREQUESTURI", "not a job of Azure Pipelines")]
    [InlineData(SignInKind.AzurePipelines, "AZURESUBSCRIPTION_SERVICE_CONNECTION_ID", "AZURESUBSCRIPTION_SERVICE_CONNECTION_ID")]
    [InlineData(SignInKind.ClientSecret, "AZURE_CLIENT_SECRET", "AZURE_CLIENT_SECRET")]
    public void What_is_missing_is_named(SignInKind kind, string missing, string told)
    {
        var signIn = Without(missing) with { Kind = kind };

        var failure = Assert.Throws<ProblemException>(() => Credentials.For(signIn, AzureEndpoints.Public, new Redactor(), TimeProvider.System));

        Assert.Contains(told, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", SignInKind.GitHub)]
    [InlineData("ACTIONS_ID_TOKEN_REQUEST_URL", SignInKind.AzurePipelines)]
    [InlineData("ACTIONS_ID_TOKEN_REQUEST_URL SYSTEM_ACCESSTOKEN", SignInKind.ClientSecret)]
    [InlineData("ACTIONS_ID_TOKEN_REQUEST_URL SYSTEM_ACCESSTOKEN AZURE_CLIENT_SECRET", SignInKind.Default)]
    [InlineData("AZURE_CLIENT_ID AZURE_CLIENT_SECRET SYSTEM_ACCESSTOKEN", SignInKind.Default)]
    public void The_most_specific_way_the_environment_offers_is_taken(string missing, SignInKind kind) =>
        Assert.Equal(kind, Credentials.KindOf(Without(missing.Split(' '))));

    private static SignIn Without(params string[] missing) => new() { Variable = name => missing.Contains(name) ? null : Everything.GetValueOrDefault(name) };
}
