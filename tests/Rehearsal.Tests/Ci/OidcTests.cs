using DssPipeline.Sandbox;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>A whole deployment without any secret, signed in by the pipeline's own word, which ends long before the run does, and so does what it is taken for.</summary>
public sealed class OidcTests
{
    [Theory]
    [InlineData("githubOidc", "GET", "/github/token")]
    [InlineData("azurePipelinesOidc", "POST", "/azure-pipelines/oidctoken")]
    public async Task A_run_longer_than_its_tokens_succeeds(string method, string verb, string path)
    {
        using var stage = new Stage();
        var life = TimeSpan.FromSeconds(20);

        var run = await stage.RunAsync("--set", $"azure.signIn.method={method}", "--faults", "short-token@* *; slow@PUT *resourceGroups/rg-reference/* delay=7s");

        run.Ends(0).Says("As wished: reference has ");
        var arm = stage.Requests.Where(request => request.Endpoint is Endpoint.Arm).ToList();
        Assert.True(arm[^1].StartedAt - arm[0].StartedAt > life, $"The run was too short: {arm[^1].StartedAt - arm[0].StartedAt}.");
        var asked = stage.Requests.Where(request => request.Endpoint is Endpoint.Oidc).ToList();
        Assert.All(asked, request => Assert.Equal((verb, path, 200), (request.Method, request.Path, request.Status)));
        Assert.Contains(asked, request => request.StartedAt - asked[0].StartedAt > life);
        Assert.True(stage.Requests.Count(request => request.Endpoint is Endpoint.Entra && request.Method == "POST") >= asked.Count);
    }

    [Fact]
    public async Task A_run_whose_pipeline_gives_no_word_says_so_and_touches_nothing()
    {
        using var stage = new Stage();

        var run = await stage.RunAsync("--set", "azure.signIn.method=githubOidc", "--faults", "403@GET * on=oidc", "--target", "Plan");

        Assert.NotEqual(0, run.Complains("Error: Pipeline refuses an identity token").ExitCode);
        Assert.Empty(stage.Writes);
    }
}
