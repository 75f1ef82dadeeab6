using System.Text.Json.Nodes;
using DssPipeline.Chapters;

namespace DssPipeline.Pipelines.Tests;

/// <summary>The repositories under examples/ are complete: their manifests are valid in every environment, and their pipelines call what there is.</summary>
public sealed class ExampleRepositoryTests
{
    private const string OnGitHub = "examples/github-repository";
    private const string InAzureDevOps = "examples/azure-devops-repository";

    public static TheoryData<string> Workflows => [.. Repository.In($"{OnGitHub}/.github/workflows", "*.yml")];

    [Theory]
    [InlineData(OnGitHub, "test", "dss-test", "Standard_D8s_v5")]
    [InlineData(OnGitHub, "prod", "dss-prod", "Standard_E16s_v5")]
    [InlineData(InAzureDevOps, "test", "dss-test", "Standard_D8s_v5")]
    [InlineData(InAzureDevOps, "prod", "dss-prod", "Standard_E16s_v5")]
    public void Manifests_are_valid_in_every_environment(string folder, string environment, string name, string size)
    {
        var manifest = ManifestReader.Read(Repository.Full($"{folder}/deployment.yml"), new ReadOptions { Environment = environment, Missing = MissingSources.StandIn });

        Assert.Equal((name, size), (manifest.Name, manifest.Vm.Size));
        Assert.Single(manifest.Adls);
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public async Task Workflows_pass_the_linters_and_call_what_there_is(string file)
    {
        var (exit, output) = await Node.RunAsync("lint.mjs", Repository.Full(file));

        Assert.True(exit == 0, output);
        foreach (var (_, job) in PipelineYaml.Load(Repository.Full(file))["jobs"]!.AsObject())
        {
            var called = $"{job!["uses"]}".Split('@')[0].Split('/', 3)[2];
            var inputs = PipelineYaml.Load(Repository.Full(called))["on"]!["workflow_call"]!["inputs"]!.AsObject();
            Assert.Empty((job["with"] as JsonObject ?? []).Select(input => input.Key).Except(inputs.Select(input => input.Key), StringComparer.Ordinal));
            Assert.True(job["strategy"] is null || $"{job["strategy"]!["fail-fast"]}" == "false", "One environment that fails must not cut the others.");
            Assert.All(inputs.Where(input => $"{input.Value!["required"]}" == "true"), input => Assert.True(((JsonObject)job["with"]!).ContainsKey(input.Key)));
        }
    }

    [Theory]
    [InlineData("PullRequest", "Rehearse_test", "Plan_test", "Rehearse_prod", "Plan_prod")]
    [InlineData("Schedule", "Drift_test", "Drift_prod")]
    [InlineData("IndividualCI", "Plan_test", "Deploy_test", "Plan_prod", "Deploy_prod")]
    public void The_pipeline_has_the_stages_of_its_reason(string reason, params string[] stages)
    {
        var found = Expansion.Stages(PipelineYaml.Load(Repository.Full($"{InAzureDevOps}/azure-pipelines.yml")), reason);

        Assert.Equal(stages, found.Select(stage => $"{stage["stage"]}"));
    }

    [Fact]
    public void Prod_waits_for_test_and_has_its_own_connection_and_approval()
    {
        var stages = Expansion.Stages(PipelineYaml.Load(Repository.Full($"{InAzureDevOps}/azure-pipelines.yml")), "IndividualCI");
        var task = stages[3]["jobs"]![0]!["strategy"]!["runOnce"]!["deploy"]!["steps"]!.AsArray().Single(step => $"{step!["task"]}" == TaskFiles.Name)!;

        Assert.Equal("""["Deploy_test"]""", stages[2]["dependsOn"]!.ToJsonString());
        Assert.Equal("dss-prod", $"{stages[3]["jobs"]![0]!["environment"]}");
        Assert.Equal("azure-prod", $"{task["inputs"]!["azureSubscription"]}");
        Assert.Equal(["DSS_CLIENT_SECRET", "DSS_SSH_PUBLIC_KEY", "DSS_LICENSE"], task["env"]!.AsObject().Select(variable => variable.Key));
    }

    [Fact]
    public void Destroy_hands_the_confirmation_on()
    {
        var stages = Expansion.Stages(PipelineYaml.Load(Repository.Full($"{InAzureDevOps}/destroy.yml")), "Manual", new JsonObject { ["confirm"] = "dss-test" });
        var task = stages.Single()["jobs"]![0]!["strategy"]!["runOnce"]!["deploy"]!["steps"]!.AsArray().Single(step => $"{step!["task"]}" == TaskFiles.Name)!;

        Assert.Equal("Destroy", $"{task["inputs"]!["target"]}");
        Assert.StartsWith("--confirm=dss-test\n", $"{task["inputs"]!["arguments"]}", StringComparison.Ordinal);
    }
}
