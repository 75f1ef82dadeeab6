namespace DssPipeline.Sandbox;

/// <summary>The names of the sandbox's own world: fixed, and easy to recognise in a log.</summary>
public static class SandboxIds
{
    public const string Tenant = "aaaaaaaa-0000-4000-8000-000000000001";
    public const string Subscription = "bbbbbbbb-0000-4000-8000-000000000002";
    public const string Client = "cccccccc-0000-4000-8000-000000000003";
    public const string ServicePrincipal = "dddddddd-0000-4000-8000-000000000004";
    public const string MachineClient = "cccccccc-0000-4000-8000-000000000013";
    public const string MachinePrincipal = "dddddddd-0000-4000-8000-000000000014";
    public const string ServiceConnection = "eeeeeeee-0000-4000-8000-000000000005";

    // Public on purpose: it opens nothing but a sandbox on loopback.
    public const string ClientSecret = "sandbox-only-secret";
    public const string GitHubRequestToken = "sandbox-github-request-token";
    public const string AzurePipelinesAccessToken = "sandbox-system-access-token";
}
