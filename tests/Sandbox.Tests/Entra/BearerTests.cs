using System.Net;

namespace DssPipeline.Sandbox.Tests;

public sealed class BearerTests
{
    [Fact]
    public async Task A_request_without_a_token_is_refused()
    {
        await using var sandbox = await SandboxClient.StartAsync();

        using var answer = await sandbox.SendAsync(HttpMethod.Get, sandbox.Group("rg"), token: null);

        await AssertRefusedAsync(answer, "AuthenticationFailed");
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("a.b.c")]
    public async Task A_token_of_nobody_is_refused(string token)
    {
        await using var sandbox = await SandboxClient.StartAsync();

        using var answer = await sandbox.SendAsync(HttpMethod.Get, sandbox.Group("rg"), token);

        await AssertRefusedAsync(answer, "InvalidAuthenticationToken");
    }

    [Fact]
    public async Task A_token_for_another_service_is_refused()
    {
        await using var sandbox = await SandboxClient.StartAsync();

        using var answer = await sandbox.SendAsync(HttpMethod.Get, sandbox.Group("rg"), await sandbox.TokenAsync(SandboxClient.Vault));

        await AssertRefusedAsync(answer, "InvalidAuthenticationTokenAudience");
    }

    [Fact]
    public async Task A_token_of_a_pipeline_is_no_token_for_azure()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        var (url, request) = sandbox.Endpoints.GitHubOidc;
        using var pipeline = await sandbox.SendAsync(HttpMethod.Get, $"{url}&audience=https://management.azure.com", request);

        using var answer = await sandbox.SendAsync(HttpMethod.Get, sandbox.Group("rg"), (string)(await SandboxClient.JsonOf(pipeline))["value"]!);

        await AssertRefusedAsync(answer, "InvalidAuthenticationToken");
    }

    [Fact]
    public async Task A_token_is_good_until_it_expires_and_not_longer()
    {
        var clock = new ManualClock();
        await using var sandbox = await SandboxClient.StartAsync(options => options with { Clock = clock, TokenLifetime = TimeSpan.FromSeconds(20) });
        var token = await sandbox.TokenAsync(SandboxClient.Arm);

        clock.Advance(TimeSpan.FromSeconds(19));
        using var good = await sandbox.SendAsync(HttpMethod.Get, sandbox.Group("rg"), token);
        clock.Advance(TimeSpan.FromSeconds(1));
        using var late = await sandbox.SendAsync(HttpMethod.Get, sandbox.Group("rg"), token);

        Assert.NotEqual(HttpStatusCode.Unauthorized, good.StatusCode);
        await AssertRefusedAsync(late, "ExpiredAuthenticationToken");
    }

    [Fact]
    public async Task A_blob_request_without_a_token_is_told_where_to_get_one()
    {
        await using var sandbox = await SandboxClient.StartAsync();

        using var answer = await sandbox.SendAsync(HttpMethod.Get, $"{sandbox.Endpoints.Blob}st/container/blob", token: null);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal(["NoAuthenticationInformation"], answer.Headers.GetValues("x-ms-error-code"));
        Assert.Contains("resource_id=https://storage.azure.com", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    private static async Task AssertRefusedAsync(HttpResponseMessage answer, string code)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("authorization_uri=", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.Equal(code, (string?)(await SandboxClient.JsonOf(answer))["error"]!["code"]);
    }
}
