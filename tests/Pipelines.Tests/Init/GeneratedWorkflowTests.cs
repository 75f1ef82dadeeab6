using System.Text.Json.Nodes;

namespace DssPipeline.Pipelines.Tests;

/// <summary>The workflow that Init writes, started by what happens on GitHub, with every step of the workflows that it calls.</summary>
public sealed class GeneratedWorkflowTests : IAsyncLifetime
{
    private const string Workflow = ".github/workflows/dss.yml";

    private static readonly (string Name, string Value)[] Secrets =
    [
        ("DSS_CLIENT_SECRET", "a-client-secret-of-nobody"),
        ("DSS_SSH_PUBLIC_KEY", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILNSUT4uZ5BtJ3sX5n9mhrI0N39v3Lu/wNclq4SHatiX nobody"),
        ("DSS_LICENSE", "a-license-of-nobody"),
    ];

    private readonly LocalRunner runner = new();

    public async ValueTask InitializeAsync()
    {
        File.Delete(Path.Combine(runner.Workspace, "deployment.yml"));
        await InitRun.BeginAsync(runner.Workspace, "github");
        Bend();
    }

    [Fact]
    public async Task A_pull_request_is_rehearsed_and_planned_and_reads_its_plan()
    {
        await using var github = await LoopbackGitHub.StartAsync();
        runner.On(github).Event = ("pull_request", PullRequest);

        var jobs = await runner.StartAsync(Workflow, Secrets);

        Assert.Equal(("success", "success", "skipped", "skipped"), (jobs["rehearse/rehearse"].Outcome, jobs["plan/plan"].Outcome, jobs["deploy"].Outcome, jobs["drift"].Outcome));
        Assert.Equal("true", jobs["plan/plan"].Outputs["changes"]);
        Assert.Contains("azure/resourceGroup/rg-demo", Assert.Single(github.Comments).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_merge_is_planned_approved_and_deployed_and_the_night_finds_no_drift()
    {
        var merge = await runner.StartAsync(Workflow, Secrets);
        await using var github = await LoopbackGitHub.StartAsync();
        runner.On(github).Event = ("schedule", []);
        var night = await runner.StartAsync(Workflow, Secrets);

        Assert.Equal(("success", "success"), (merge["deploy/plan"].Ends("success").Outcome, merge["deploy/deploy"].Ends("success").Outcome));
        Assert.Equal("none", merge["deploy/deploy"].Outputs["failure-reason"]);
        night["drift/drift"].Ends("success");
        Assert.Empty(github.Issues);
        Assert.All(Secrets, secret => Assert.DoesNotContain(secret.Value, Unmasked(merge["deploy/deploy"].Log), StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_passes_the_linters()
    {
        var (exit, output) = await Node.RunAsync("lint.mjs", Path.Combine(runner.Workspace, Workflow));

        Assert.True(exit == 0, output);
    }

    public ValueTask DisposeAsync()
    {
        runner.Dispose();
        return ValueTask.CompletedTask;
    }

    // A mask tells the runner what to hide; the line itself is not shown.
    private static string Unmasked(string log) => string.Join('\n', log.Split('\n').Where(line => !line.StartsWith("::add-mask::", StringComparison.Ordinal)));

    // The only change: the world is the sandbox of this test, without the inside of the machine.
    private void Bend()
    {
        var file = Path.Combine(runner.Workspace, Workflow);
        File.WriteAllText(file, File.ReadAllText(file)
            .Replace("rehearse.yml@v0.1.0", "rehearse.yml@v0.1.0\n    with:\n      arguments: --machine=none", StringComparison.Ordinal)
            .Replace("      label: demo\n", $"      label: demo\n      arguments: |\n        --machine=none\n        --sandbox={runner.World}\n", StringComparison.Ordinal));
    }

    private static JsonObject PullRequest => new()
    {
        ["pull_request"] = new JsonObject { ["number"] = 7, ["head"] = new JsonObject { ["repo"] = new JsonObject { ["full_name"] = "acme/data" } } },
    };
}
