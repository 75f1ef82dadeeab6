using System.Text.Json.Nodes;

namespace DssPipeline.Pipelines.Tests;

/// <summary>The template that removes a deployment takes its name, and nothing beside it.</summary>
public sealed class DestroyPipelineTests : IDisposable
{
    private readonly Agent agent = new();

    public DestroyPipelineTests()
    {
        agent.Connect();
        File.WriteAllText(Path.Combine(agent.Sources, "deployment.yml"), Repository.Read("examples/minimal.yml"));
    }

    [Theory]
    [InlineData("other\n--confirm=demo")]
    [InlineData("other\r--confirm=demo")]
    public async Task A_name_with_a_line_end_adds_no_option(string confirm)
    {
        var run = await RunAsync(confirm);

        var refused = Assert.Single(run.Scripts);
        Assert.Equal(3, refused.Exit);
        Assert.Contains("Confirmation badly formed", refused.Log, StringComparison.Ordinal);
        Assert.Empty(run.Steps);
    }

    [Fact]
    public async Task The_name_alone_is_taken() => Assert.Single((await RunAsync("demo")).Steps).Run.Ends("Succeeded");

    public void Dispose() => agent.Dispose();

    private async Task<LocalPipeline> RunAsync(string confirm)
    {
        var given = new JsonObject { ["confirm"] = confirm, ["serviceConnection"] = "azure-prod", ["approvals"] = "dss-prod" };
        var pipeline = new LocalPipeline(agent);
        await pipeline.RunAsync(Expansion.Template(Path.Combine(TaskFiles.Templates, "destroy.yml"), given).Select(stage => stage!.AsObject()));
        return pipeline;
    }
}
