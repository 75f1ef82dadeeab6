namespace DssPipeline.Pipelines.Tests;

/// <summary>Inputs of the task become words of a command line, which no shell reads. Run with the mock runner of the task library.</summary>
public sealed class TaskCommandLineTests : IDisposable
{
    private readonly Agent agent = new();

    [Fact]
    public async Task Every_input_becomes_its_option()
    {
        var run = await agent.MockAsync(
            0,
            ("manifest", "dss/prod.yml"), ("environment", "prod"), ("target", "Deploy"), ("set", "vm.size=Standard_E16s_v5\n\n  dss.version=14.2.0\n"), ("approve", "3f2a9c01b7de"),
            ("parallelism", "8"), ("label", "emea/prod"), ("planFile", "out/plan.json"), ("report", "out"), ("comment", "true"));

        Assert.Equal(
            [
                "--manifest=dss/prod.yml", "--environment=prod", "--target=Deploy", "--plan-file=out/plan.json", "--approve=3f2a9c01b7de", "--label=emea/prod", "--parallelism=8",
                "--set=vm.size=Standard_E16s_v5", "--set=dss.version=14.2.0", "--comment", "--report=out",
            ],
            run.Arguments.Skip(1));
    }

    [Fact]
    public async Task What_is_left_empty_is_not_said()
    {
        var run = await agent.MockAsync(0, ("environment", ""), ("set", " \n "), ("approve", " "), ("sandbox", "false"), ("comment", "false"));

        Assert.Equal(["--target=Plan", Report()], run.Arguments.Skip(1));
    }

    [Fact]
    public async Task Each_use_that_names_no_folder_has_its_own()
    {
        var (first, second) = (await agent.MockAsync(0), await agent.MockAsync(0));

        Assert.NotEqual(first.Arguments[^1], second.Arguments[^1]);
        Assert.Equal(2, Directory.GetDirectories(agent.Temp, "dss-pipeline-*").Length);
    }

    [Theory]
    [InlineData("true", "--sandbox")]
    [InlineData("True", "--sandbox")]
    [InlineData("/a folder/world", "--sandbox=/a folder/world")]
    public async Task The_sandbox_has_its_usual_folder_or_a_named_one(string input, string word)
    {
        var run = await agent.MockAsync(0, ("sandbox", input));

        Assert.Equal(word, run.Arguments[2]);
    }

    [Theory]
    [InlineData("Fleet", "--manifests=fleet/*/*.yml")]
    [InlineData("Init", "--vendor=azure-devops")]
    public async Task Fleets_and_new_repositories_have_no_one_manifest(string target, string argument)
    {
        var run = await agent.MockAsync(0, ("manifest", "deployment.yml"), ("target", target), ("arguments", argument));

        Assert.Equal([$"--target={target}", Report(), argument], run.Arguments.Skip(1));
    }

    [Fact]
    public async Task More_arguments_stand_on_a_line_each()
    {
        var run = await agent.MockAsync(0, ("arguments", "--machine=none\r\n\n  --faults=429@PUT *storageAccounts* times=2\n--set=azure.tags.owner=a b"));

        Assert.Equal(["--machine=none", "--faults=429@PUT *storageAccounts* times=2", "--set=azure.tags.owner=a b"], run.Arguments.Skip(3));
    }

    [Theory]
    [InlineData("x; touch pwned")]
    [InlineData("$(touch pwned)")]
    [InlineData("`touch pwned` && true | cat > y")]
    [InlineData("\" --target Destroy \"")]
    [InlineData("--target=Destroy")]
    public async Task What_a_shell_or_a_parser_would_obey_is_part_of_one_word(string evil)
    {
        var run = await agent.MockAsync(0, ("environment", evil));

        Assert.Equal([$"--environment={evil.Trim()}", "--target=Plan"], run.Arguments.Skip(1).Take(2));
    }

    [Fact]
    public async Task The_host_is_the_one_packed_beside_the_task()
    {
        agent.Variables.Remove("DSS_PIPELINE_HOST");

        var run = await agent.MockAsync(0);

        Assert.Equal(Path.Combine(TaskFiles.Task, "host", "DssPipeline.Build.dll"), run.Arguments[0]);
    }

    public void Dispose() => agent.Dispose();

    // The one folder that was made for the use.
    private string Report() => $"--report={Assert.Single(Directory.GetDirectories(agent.Temp, "dss-pipeline-*"))}";
}
