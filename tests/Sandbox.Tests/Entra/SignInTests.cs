using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox.Tests;

public sealed class SignInTests
{
    public static TheoryData<string> Pipelines => ["github", "azure-pipelines"];

    [Fact]
    public async Task A_client_secret_gives_a_token_for_the_audience_and_lifetime_asked_for()
    {
        await using var sandbox = await SandboxClient.StartAsync(options => options with { TokenLifetime = TimeSpan.FromMinutes(7) });

        using var answer = await sandbox.SignInAsync(sandbox.SecretForm(SandboxClient.Arm));

        var body = await SandboxClient.JsonOf(answer);
        var claims = Claims((string)body["access_token"]!);
        Assert.Equal(420, (int)body["expires_in"]!);
        Assert.Equal(SandboxClient.Arm, (string?)claims["aud"]);
        Assert.Equal(sandbox.Endpoints.ObjectId, (string?)claims["oid"]);
        Assert.Equal(420, (long)claims["exp"]! - (long)claims["iat"]!);
    }

    [Theory]
    [InlineData("client_secret", "wrong", HttpStatusCode.Unauthorized, 7000215)]
    [InlineData("client_secret", "", HttpStatusCode.Unauthorized, 7000218)]
    [InlineData("client_id", "12345678-0000-4000-8000-000000000000", HttpStatusCode.BadRequest, 700016)]
    [InlineData("scope", "", HttpStatusCode.BadRequest, 900144)]
    [InlineData("scope", "https://management.azure.com", HttpStatusCode.BadRequest, 1002012)]
    [InlineData("grant_type", "password", HttpStatusCode.BadRequest, 70003)]
    public async Task A_wrong_request_is_refused_in_the_words_of_entra(string field, string value, HttpStatusCode status, int code)
    {
        await using var sandbox = await SandboxClient.StartAsync();
        var form = sandbox.SecretForm(SandboxClient.Arm);
        form[field] = value;

        using var answer = await sandbox.SignInAsync(form);

        var body = await SandboxClient.JsonOf(answer);
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal([code], body["error_codes"]!.AsArray().Select(node => (int)node!));
        Assert.StartsWith($"AADSTS{code}: ", (string)body["error_description"]!, StringComparison.Ordinal);
        Assert.NotNull((string?)body["correlation_id"]);
    }

    [Fact]
    public async Task Any_tenant_of_a_manifest_is_signed_in_to_but_a_word_is_none()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        const string Other = "01234567-89ab-4cde-8f01-23456789abcd";

        using var other = await sandbox.SignInAsync(sandbox.SecretForm(SandboxClient.Arm), Other);
        using var word = await sandbox.SignInAsync(sandbox.SecretForm(SandboxClient.Arm), "nowhere");

        Assert.Equal(Other, (string?)Claims((string)(await SandboxClient.JsonOf(other))["access_token"]!)["tid"]);
        Assert.Equal(HttpStatusCode.BadRequest, word.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Pipelines))]
    public async Task An_assertion_of_the_trusted_pipeline_signs_in(string pipeline)
    {
        await using var sandbox = await SandboxClient.StartAsync();

        using var answer = await sandbox.SignInAsync(AssertionForm(sandbox, await AssertionAsync(sandbox, pipeline)));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Pipelines))]
    public async Task An_assertion_is_good_to_its_last_second_and_refused_once_it_has_expired(string pipeline)
    {
        var clock = new ManualClock();
        await using var sandbox = await SandboxClient.StartAsync(options => options with { Clock = clock, Faults = FaultScript.Parse("short-token@* * on=oidc").OrThrow() });
        var assertion = await AssertionAsync(sandbox, pipeline);

        clock.Advance(TimeSpan.FromSeconds(19));
        using var good = await sandbox.SignInAsync(AssertionForm(sandbox, assertion));
        clock.Advance(TimeSpan.FromSeconds(1));
        using var late = await sandbox.SignInAsync(AssertionForm(sandbox, assertion));

        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, late.StatusCode);
        Assert.Contains("AADSTS700024", await late.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("github", "issuer", "https://elsewhere.example", "AADSTS70021:")]
    [InlineData("github", "subject", "repo:other/repository:ref:refs/heads/main", "AADSTS700213:")]
    [InlineData("github", "audience", "api://other", "AADSTS70021:")]
    [InlineData("azure-pipelines", "issuer", "https://elsewhere.example", "AADSTS70021:")]
    [InlineData("azure-pipelines", "subject", "sc://sandbox/deployment/other", "AADSTS700213:")]
    [InlineData("azure-pipelines", "audience", "api://other", "AADSTS70021:")]
    public async Task An_assertion_nobody_trusts_is_refused(string pipeline, string claim, string trusted, string code)
    {
        var known = pipeline == "github" ? FederatedCredential.GitHub : FederatedCredential.AzurePipelines;
        var other = claim switch { "issuer" => known with { Issuer = trusted }, "subject" => known with { Subject = trusted }, _ => known with { Audience = trusted } };
        await using var sandbox = await SandboxClient.StartAsync(options => options with { FederatedCredentials = [other] });

        using var answer = await sandbox.SignInAsync(AssertionForm(sandbox, await AssertionAsync(sandbox, pipeline)));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains(code, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_word_of_GitHub_for_somebody_else_does_not_sign_in()
    {
        await using var sandbox = await SandboxClient.StartAsync();

        using var answer = await sandbox.SignInAsync(AssertionForm(sandbox, await GitHubTokenAsync(sandbox, "https://vault.example")));

        Assert.Contains("AADSTS70021:", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forged_assertion_is_refused()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        var parts = (await GitHubTokenAsync(sandbox)).Split('.');
        var forged = $"{parts[0]}.{Convert.ToBase64String(Encoding.UTF8.GetBytes("""{"sub":"me"}""")).TrimEnd('=')}.{parts[2]}";

        using var answer = await sandbox.SignInAsync(AssertionForm(sandbox, forged));

        Assert.Contains("AADSTS50013", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_discovery_documents_lead_to_the_token_and_to_the_keys_it_is_signed_with()
    {
        await using var sandbox = await SandboxClient.StartAsync();

        using var discovery = await sandbox.SendAsync(HttpMethod.Get, $"{sandbox.Endpoints.Authority}{sandbox.Endpoints.TenantId}/v2.0/.well-known/openid-configuration", token: null);
        var document = await SandboxClient.JsonOf(discovery);
        using var keys = await sandbox.SendAsync(HttpMethod.Get, (string)document["jwks_uri"]!, token: null);
        using var instance = await sandbox.SendAsync(HttpMethod.Get, $"{sandbox.Endpoints.Authority}common/discovery/instance?api-version=1.1", token: null);

        var header = JsonNode.Parse(Decode((await sandbox.TokenAsync(SandboxClient.Arm)).Split('.')[0]))!;
        Assert.Equal($"{sandbox.Endpoints.Authority}{sandbox.Endpoints.TenantId}/oauth2/v2.0/token", (string?)document["token_endpoint"]);
        Assert.Equal((string?)header["kid"], (string?)(await SandboxClient.JsonOf(keys))["keys"]![0]!["kid"]);
        Assert.EndsWith("/.well-known/openid-configuration", (string?)(await SandboxClient.JsonOf(instance))["tenant_discovery_endpoint"], StringComparison.Ordinal);
    }

    private static Dictionary<string, string> AssertionForm(SandboxClient sandbox, string assertion)
    {
        var form = sandbox.SecretForm(SandboxClient.Arm);
        form.Remove("client_secret");
        form["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
        form["client_assertion"] = assertion;
        return form;
    }

    private static Task<string> AssertionAsync(SandboxClient sandbox, string pipeline) => pipeline == "github" ? GitHubTokenAsync(sandbox) : AzurePipelinesTokenAsync(sandbox);

    private static async Task<string> GitHubTokenAsync(SandboxClient sandbox, string audience = FederatedCredential.ExchangeAudience)
    {
        var (url, token) = sandbox.Endpoints.GitHubOidc;
        using var answer = await sandbox.SendAsync(HttpMethod.Get, $"{url}&audience={audience}", token);
        return (string)(await SandboxClient.JsonOf(answer))["value"]!;
    }

    private static async Task<string> AzurePipelinesTokenAsync(SandboxClient sandbox)
    {
        var (url, token) = sandbox.Endpoints.AzurePipelinesOidc;
        using var answer = await sandbox.SendAsync(HttpMethod.Post, $"{url}?api-version=7.1&serviceConnectionId={sandbox.Endpoints.ServiceConnectionId}", token);
        return (string)(await SandboxClient.JsonOf(answer))["oidcToken"]!;
    }

    private static JsonNode Claims(string token) => JsonNode.Parse(Decode(token.Split('.')[1]))!;

    private static byte[] Decode(string part) => System.Buffers.Text.Base64Url.DecodeFromChars(part);
}
