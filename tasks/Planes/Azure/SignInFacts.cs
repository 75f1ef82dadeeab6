using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>A sign-in with what the environment adds to it, and words for what is missing.</summary>
internal sealed class SignInFacts(SignIn signIn)
{
    private const string Link = "https://learn.microsoft.com/azure/developer/github/connect-from-azure-openid-connect";
    private const string PipelinesLink = "https://learn.microsoft.com/azure/devops/pipelines/library/connect-to-azure";

    public SignInKind Kind => signIn.Kind is SignInKind.Detect ? Detected : signIn.Kind;

    public string? TenantOrNone => signIn.Tenant ?? First("AZURE_TENANT_ID", "AZURESUBSCRIPTION_TENANT_ID");

    public string? ClientOrNone => signIn.ClientId ?? First("AZURE_CLIENT_ID", "AZURESUBSCRIPTION_CLIENT_ID");

    private string? ConnectionOrNone => signIn.ServiceConnection ?? First("AZURESUBSCRIPTION_SERVICE_CONNECTION_ID");

    private SignInKind Detected =>
        First("ACTIONS_ID_TOKEN_REQUEST_URL") is not null && ClientOrNone is not null ? SignInKind.GitHub
        : First("SYSTEM_OIDCREQUESTURI") is not null && First("SYSTEM_ACCESSTOKEN") is not null && ConnectionOrNone is not null ? SignInKind.AzurePipelines
        : signIn.ClientSecret is not null || First("AZURE_CLIENT_SECRET") is not null ? SignInKind.ClientSecret
        : SignInKind.Default;

    public string Tenant() => TenantOrNone ?? throw Missing("the tenant", "azure.tenant", "AZURE_TENANT_ID");

    public string Client() => ClientOrNone ?? throw Missing("the application (client) id", "azure.signIn.clientId", "AZURE_CLIENT_ID");

    public Secret Secret() =>
        signIn.ClientSecret ?? (First("AZURE_CLIENT_SECRET") is { } value ? new Secret(value) : throw Missing("the client secret", "azure.signIn.clientSecret", "AZURE_CLIENT_SECRET"));

    public string Connection() => ConnectionOrNone ?? throw Missing("the id of the service connection", "azure.signIn.serviceConnectionId", "AZURESUBSCRIPTION_SERVICE_CONNECTION_ID");

    /// <summary>Where GitHub gives out identity tokens, and the token that asks for one.</summary>
    public (string Url, Secret Token) GitHub() =>
        (First("ACTIONS_ID_TOKEN_REQUEST_URL"), First("ACTIONS_ID_TOKEN_REQUEST_TOKEN")) is ({ } url, { } token)
            ? (url, new Secret(token))
            : throw Absent(
                "GitHub gives no identity token",
                "ACTIONS_ID_TOKEN_REQUEST_URL and ACTIONS_ID_TOKEN_REQUEST_TOKEN are not set, because the job may not ask for identity tokens. Add to the job: permissions: id-token: write.",
                Link);

    /// <summary>Where Azure Pipelines gives out identity tokens, and the token that asks for one.</summary>
    public (string Url, Secret Token) Pipelines()
    {
        var url = First("SYSTEM_OIDCREQUESTURI") ?? throw Absent(
            "Azure Pipelines gives no identity token",
            "SYSTEM_OIDCREQUESTURI is not set, so this is not a job of Azure Pipelines. Choose another way to sign in.",
            PipelinesLink);
        var token = First("SYSTEM_ACCESSTOKEN") ?? throw Absent(
            "Azure Pipelines gives no identity token",
            "SYSTEM_ACCESSTOKEN is not set, because a step sees it only when it is handed over. Add to the step: env: SYSTEM_ACCESSTOKEN: $(System.AccessToken).",
            PipelinesLink);
        return (url, new Secret(token));
    }

    private string? First(params string[] names) => names.Select(signIn.Variable).FirstOrDefault(value => !string.IsNullOrWhiteSpace(value));

    private static ProblemException Missing(string what, string key, string variable) => Absent(
        "Sign-in is incomplete",
        $"Signing in to Azure needs {what}, which is neither in the manifest nor in the environment. Write {key} in the manifest, or set the variable {variable}.",
        "https://learn.microsoft.com/dotnet/api/overview/azure/identity-readme#environment-variables");

    private static ProblemException Absent(string summary, string detail, string link) => new(new Problem(summary, detail) { Link = link });
}
