using System.Net;

namespace DssPipeline.Sandbox.Tests;

public sealed class PipelineTokenTests
{
    [Fact]
    public async Task GitHub_tells_the_length_of_its_token()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        var (url, request) = sandbox.Endpoints.GitHubOidc;

        using var answer = await sandbox.SendAsync(HttpMethod.Get, $"{url}&audience=api://AzureADTokenExchange", request);

        var body = await SandboxClient.JsonOf(answer);
        Assert.Equal(((string)body["value"]!).Length, (int)body["count"]!);
    }

    [Fact]
    public async Task GitHub_refuses_who_may_not_ask()
    {
        await using var sandbox = await SandboxClient.StartAsync();

        using var answer = await sandbox.SendAsync(HttpMethod.Get, sandbox.Endpoints.GitHubOidc.RequestUrl, "somebody");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData("somebody", "?api-version=7.1&serviceConnectionId=eeeeeeee-0000-4000-8000-000000000005", HttpStatusCode.Unauthorized)]
    [InlineData("sandbox-system-access-token", "?serviceConnectionId=eeeeeeee-0000-4000-8000-000000000005", HttpStatusCode.BadRequest)]
    [InlineData("sandbox-system-access-token", "?api-version=7.1&serviceConnectionId=other", HttpStatusCode.NotFound)]
    [InlineData("sandbox-system-access-token", "?api-version=7.1&serviceConnectionId=eeeeeeee-0000-4000-8000-000000000005", HttpStatusCode.OK)]
    public async Task Azure_Pipelines_wants_its_token_its_version_and_a_connection_it_knows(string token, string query, HttpStatusCode expected)
    {
        await using var sandbox = await SandboxClient.StartAsync();

        using var answer = await sandbox.SendAsync(HttpMethod.Post, sandbox.Endpoints.AzurePipelinesOidc.RequestUrl + query, token);

        Assert.Equal(expected, answer.StatusCode);
    }
}
