using YamlDotNet.RepresentationModel;

namespace DssPipeline.Pipelines.Tests;

/// <summary>The tables of docs/github.md, made from action.yml and the workflows.</summary>
internal static class GitHubTables
{
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["inputs"] = Table(["input", "what it says", "default"], Members(Action, "inputs").Select(input => (IEnumerable<string>)[Code(input.Name), Text(input.Value["description"]), Default(input.Value)])),
        ["outputs"] = Table(["output", "what it says"], Members(Action, "outputs").Select(output => (IEnumerable<string>)[Code(output.Name), Text(output.Value["description"])])),
        ["workflows"] = Table(["workflow", "what it does", "permissions of the calling job"], WorkflowFiles.Sources.Select(Workflow)),
        ["workflow-inputs"] = Table(["input", "what it says", "default", "of"], WorkflowInputs()),
    };

    private static YamlMappingNode Action => WorkflowFiles.Parse("action.yml");

    private static IEnumerable<string> Workflow(string file)
    {
        var says = Repository.Read(file).Split('\n').TakeWhile(line => line.StartsWith("# ", StringComparison.Ordinal)).Select(line => line[2..]);
        var permissions = WorkflowFiles.Jobs(file).SelectMany(job => ((YamlMappingNode)job.Job["permissions"]).Children.Select(one => $"`{one.Key}: {one.Value}`")).Distinct(StringComparer.Ordinal);
        return [Code(Verb(file)), string.Join(' ', says), string.Join(", ", permissions)];
    }

    private static IEnumerable<IEnumerable<string>> WorkflowInputs()
    {
        var inputs = WorkflowFiles.Sources.SelectMany(file => Members((YamlMappingNode)WorkflowFiles.Parse(file)["on"]["workflow_call"], "inputs").Select(input => (input.Name, input.Value, Verb: Verb(file))));
        return inputs.GroupBy(input => input.Name).Select(same => (IEnumerable<string>)[Code(same.Key), Text(same.First().Value["description"]), Default(same.First().Value), same.Count() == WorkflowFiles.Sources.Count ? "all" : string.Join(", ", same.Select(input => input.Verb))]);
    }

    private static IEnumerable<(string Name, YamlMappingNode Value)> Members(YamlMappingNode of, string name) =>
        ((YamlMappingNode)of[name]).Children.Select(member => ($"{member.Key}", (YamlMappingNode)member.Value));

    private static string Verb(string file) => Path.GetFileNameWithoutExtension(file);

    private static string Default(YamlMappingNode input) => input.Children.TryGetValue("default", out var value) ? $"{value}" is { Length: > 0 } text ? Code(text) : "empty" : "required";

    private static string Code(string text) => $"`{text}`";

    private static string Text(YamlNode node) => $"{node}".Replace("|", "\\|", StringComparison.Ordinal).TrimEnd('.');

    private static string Table(IReadOnlyList<string> columns, IEnumerable<IEnumerable<string>> rows) =>
        string.Concat(rows.Prepend(columns.Select(_ => "---")).Prepend(columns).Select(row => $"| {string.Join(" | ", row)} |\n"));
}
