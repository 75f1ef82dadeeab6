using YamlDotNet.RepresentationModel;

namespace DssPipeline.Pipelines.Tests;

/// <summary>The tables of docs/github.md, made from action.yml and the workflows.</summary>
internal static class GitHubTables
{
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["inputs"] = MarkdownTable.Of(["input", "what it says", "default"], Members(Action, "inputs").Select(input => (IEnumerable<string>)[MarkdownTable.Code(input.Name), MarkdownTable.Text(input.Value["description"]), Default(input.Value)])),
        ["outputs"] = MarkdownTable.Of(["output", "what it says"], Members(Action, "outputs").Select(output => (IEnumerable<string>)[MarkdownTable.Code(output.Name), MarkdownTable.Text(output.Value["description"])])),
        ["workflows"] = MarkdownTable.Of(["workflow", "what it does", "permissions of the calling job"], WorkflowFiles.Sources.Select(Workflow)),
        ["workflow-inputs"] = MarkdownTable.Of(["input", "what it says", "default", "of"], WorkflowInputs()),
    };

    private static YamlMappingNode Action => WorkflowFiles.Parse("action.yml");

    private static IEnumerable<string> Workflow(string file)
    {
        var says = Repository.Read(file).Split('\n').TakeWhile(line => line.StartsWith("# ", StringComparison.Ordinal)).Select(line => line[2..]);
        var permissions = WorkflowFiles.Jobs(file).SelectMany(job => ((YamlMappingNode)job.Job["permissions"]).Children.Select(one => $"`{one.Key}: {one.Value}`")).Distinct(StringComparer.Ordinal);
        return [MarkdownTable.Code(Verb(file)), string.Join(' ', says), string.Join(", ", permissions)];
    }

    private static IEnumerable<IEnumerable<string>> WorkflowInputs()
    {
        var inputs = WorkflowFiles.Sources.SelectMany(file => Members((YamlMappingNode)WorkflowFiles.Parse(file)["on"]["workflow_call"], "inputs").Select(input => (input.Name, input.Value, Verb: Verb(file))));
        return inputs.GroupBy(input => input.Name).Select(same => (IEnumerable<string>)[MarkdownTable.Code(same.Key), MarkdownTable.Text(same.First().Value["description"]), Default(same.First().Value), same.Count() == WorkflowFiles.Sources.Count ? "all" : string.Join(", ", same.Select(input => input.Verb))]);
    }

    private static IEnumerable<(string Name, YamlMappingNode Value)> Members(YamlMappingNode of, string name) =>
        ((YamlMappingNode)of[name]).Children.Select(member => ($"{member.Key}", (YamlMappingNode)member.Value));

    private static string Verb(string file) => Path.GetFileNameWithoutExtension(file);

    private static string Default(YamlMappingNode input) => input.Children.TryGetValue("default", out var value) ? $"{value}" is { Length: > 0 } text ? MarkdownTable.Code(text) : "empty" : "required";
}
