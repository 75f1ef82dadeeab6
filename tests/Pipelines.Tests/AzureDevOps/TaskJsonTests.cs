using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DssPipeline.Pipelines.Tests;

/// <summary>The task of Azure Pipelines takes and gives what the action of GitHub does, and is described as the agent needs it.</summary>
public sealed partial class TaskJsonTests
{
    private static readonly JsonObject Action = PipelineYaml.Load(Path.Combine(Repository.Root, "action.yml"));

    [Fact]
    public void Inputs_are_those_of_the_action_and_the_service_connection()
    {
        var ofAction = Action["inputs"]!.AsObject().Select(input => Camel(input.Key));

        Assert.Equal(["azureSubscription", .. ofAction], TaskFiles.Inputs.Select(input => $"{input["name"]}"));
    }

    [Fact]
    public void Inputs_that_are_left_out_mean_what_they_mean_in_the_action()
    {
        foreach (var (name, input) in Action["inputs"]!.AsObject())
        {
            var ours = TaskFiles.Inputs.Single(candidate => $"{candidate["name"]}" == Camel(name));

            Assert.Equal($"{input!["default"]}", $"{ours["defaultValue"]}");
            Assert.False((bool)ours["required"]!);
        }
    }

    [Fact]
    public void Outputs_are_those_of_the_action()
    {
        var ofAction = Action["outputs"]!.AsObject().Select(output => Camel(output.Key)).ToList();

        Assert.Equal(ofAction, TaskFiles.Outputs);
    }

    [Fact]
    public void Everything_is_named_and_described_as_the_schema_of_tasks_wants_it()
    {
        Assert.Matches("^[A-Za-z0-9-]+$", $"{TaskFiles.Json["name"]}");
        Assert.True(Guid.TryParse($"{TaskFiles.Json["id"]}", out _));
        Assert.InRange($"{TaskFiles.Json["friendlyName"]}".Length, 1, 40);
        Assert.All(TaskFiles.Outputs, name => Assert.Matches("^[A-Za-z][A-Za-z0-9]*$", name));
        Assert.All(TaskFiles.Inputs, input =>
        {
            Assert.Matches("^[A-Za-z][A-Za-z0-9]*$", $"{input["name"]}");
            Assert.Matches("^(boolean|multiLine|pickList|string|connectedService:AzureRM)$", $"{input["type"]}");
            Assert.EndsWith(".", $"{input["helpMarkDown"]}", StringComparison.Ordinal);
            Assert.True(input["groupName"] is not { } group || TaskFiles.Json["groups"]!.AsArray().Any(known => $"{known!["name"]}" == $"{group}"));
        });
        Assert.Equal("index.js", $"{TaskFiles.Json["execution"]!["Node20_1"]!["target"]}");
    }

    [Fact]
    public void Versions_of_program_task_and_extension_are_one()
    {
        var program = VersionElement().Match(File.ReadAllText(Path.Combine(Repository.Root, "Directory.Build.props"))).Groups["version"].Value;
        var task = TaskFiles.Json["version"]!;
        var extension = JsonNode.Parse(File.ReadAllText(Path.Combine(TaskFiles.Extension, "vss-extension.json")))!;
        var package = JsonNode.Parse(File.ReadAllText(Path.Combine(TaskFiles.Task, "package.json")))!;

        Assert.Equal(program, $"{task["Major"]}.{task["Minor"]}.{task["Patch"]}");
        Assert.Equal(program, $"{extension["version"]}");
        Assert.Equal(program, $"{package["version"]}");
    }

    private static string Camel(string name) => Hyphen().Replace(name, match => match.Groups["letter"].Value.ToUpperInvariant());

    [GeneratedRegex("-(?<letter>.)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hyphen();

    [GeneratedRegex("<Version>(?<version>[^<]+)</Version>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex VersionElement();
}
