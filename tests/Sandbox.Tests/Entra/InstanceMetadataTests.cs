using System.Globalization;
using System.Net;

namespace DssPipeline.Sandbox.Tests;

public sealed class InstanceMetadataTests
{
    private const string Token = "metadata/identity/oauth2/token?api-version=2018-02-01&resource=https://management.azure.com/";

    [Fact]
    public async Task The_token_comes_with_its_numbers_as_strings()
    {
        await using var sandbox = await SandboxClient.StartAsync();

        using var answer = await AskAsync(sandbox, Token);

        var body = await SandboxClient.JsonOf(answer);
        var expires = long.Parse((string)body["expires_on"]!, CultureInfo.InvariantCulture);
        Assert.Equal("3600", (string?)body["expires_in"]);
        Assert.Equal(3600, expires - long.Parse((string)body["not_before"]!, CultureInfo.InvariantCulture));
        Assert.Equal(SandboxIds.MachineClient, (string?)body["client_id"]);
    }

    [Theory]
    [InlineData("metadata/identity/oauth2/token?api-version=2018-02-01", "resource")]
    [InlineData("metadata/identity/oauth2/token?resource=https://management.azure.com/", "api-version")]
    [InlineData(Token + "&client_id=12345678-0000-4000-8000-000000000000", "Identity not found")]
    public async Task What_is_missing_is_named(string path, string named)
    {
        await using var sandbox = await SandboxClient.StartAsync();

        using var answer = await AskAsync(sandbox, path);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(named, (string?)(await SandboxClient.JsonOf(answer))["error_description"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_without_the_metadata_header_is_refused()
    {
        await using var sandbox = await SandboxClient.StartAsync();

        using var answer = await sandbox.SendAsync(HttpMethod.Get, sandbox.Endpoints.Imds + Token, token: null);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task The_instance_says_where_it_runs()
    {
        await using var sandbox = await SandboxClient.StartAsync();

        using var answer = await AskAsync(sandbox, "metadata/instance?api-version=2021-02-01");

        Assert.Equal(sandbox.Endpoints.SubscriptionId, (string?)(await SandboxClient.JsonOf(answer))["compute"]!["subscriptionId"]);
    }

    private static Task<HttpResponseMessage> AskAsync(SandboxClient sandbox, string path) =>
        sandbox.SendAsync(HttpMethod.Get, sandbox.Endpoints.Imds + path, token: null, json: null, ("Metadata", "true"));
}
