using DssPipeline.Sandbox;

namespace DssPipeline.Pipelines.Tests;

/// <summary>The action and the task deploy without any secret, and their runs outlive both the word of the pipeline and the tokens that Entra gives for it.</summary>
public sealed class ShortTokenTests
{
    private const string Slowly = "--faults=short-token@* * lifetime=2s; slow@PUT *resourceGroups/rg-reference/* delay=800ms";

    private static readonly TimeSpan Life = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task A_run_of_the_action_outlives_its_tokens()
    {
        using var runner = new LocalRunner();

        var run = await runner.UseAsync(("target", "Deploy"), ("set", "azure.signIn.method=githubOidc"), ("arguments", $"--machine=none\n{Slowly}"));

        Assert.Equal((0, "none"), (run.Ends("success").Exit, run.Outputs["failure-reason"]));
        Outlived(runner.World, "GET /github/token");
    }

    [Fact]
    public async Task A_run_of_the_task_outlives_its_tokens()
    {
        using var agent = new Agent();
        agent.Connect();
        var world = Path.Combine(agent.Sources, "..", "world");
        await File.WriteAllTextAsync(Path.Combine(agent.Sources, "deployment.yml"), Repository.Read("examples/reference.yml"), TestContext.Current.CancellationToken);

        var run = await agent.RunAsync(
            ("azureSubscription", Agent.Connection), ("sandbox", world), ("target", "Deploy"), ("set", "azure.signIn.method=azurePipelinesOidc"), ("arguments", $"--machine=none\n{Slowly}"));

        Assert.Equal("none", run.Ends("Succeeded").Outputs["failureReason"]);
        Outlived(world, "POST /azure-pipelines/oidctoken");
    }

    /// <summary>The last request to Azure came after the first word of the pipeline had ended, and every token was given for a word of its own.</summary>
    private static void Outlived(string world, string asking)
    {
        var requests = RequestLog.Read(world);
        var words = requests.Where(request => request.Endpoint is Endpoint.Oidc).ToList();
        var arm = requests.Where(request => request.Endpoint is Endpoint.Arm).ToList();

        Assert.All(words, request => Assert.Equal((asking, 200), ($"{request.Method} {request.Path}", request.Status)));
        Assert.True(arm[^1].StartedAt - words[0].StartedAt > Life, $"The run was too short: {arm[^1].StartedAt - words[0].StartedAt}.");
        Assert.Contains(words, request => request.StartedAt - words[0].StartedAt > Life);
        Assert.InRange(requests.Count(request => request.Endpoint is Endpoint.Entra && request.Method == "POST" && request.Status == 200), 2, words.Count);
    }
}
