namespace DssPipeline.Pipelines.Tests;

/// <summary>What a step came to, as an agent understands its log.</summary>
internal sealed record TaskRun(int Exit, string Log, string Errors)
{
    public IReadOnlyList<AgentCommand> Commands { get; } = [.. AgentCommand.In(Log)];

    /// <summary>The last word of the task: Succeeded, Failed or Canceled.</summary>
    public string Result => Commands.Last(command => command.Name == "task.complete").Properties["result"];

    public string Message => Commands.Last(command => command.Name == "task.complete").Text;

    /// <summary>The output variables.</summary>
    public IReadOnlyDictionary<string, string> Outputs => Commands
        .Where(command => command.Name == "task.setvariable" && command.Properties.TryGetValue("isOutput", out var output) && string.Equals(output, "true", StringComparison.OrdinalIgnoreCase))
        .GroupBy(command => command.Properties["variable"], StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.Last().Text, StringComparer.Ordinal);

    /// <summary>The pages that were handed over for the summary of the run.</summary>
    public IReadOnlyList<string> Summaries { get; } = [.. AgentCommand.In(Log).Where(command => command.Name == "task.uploadsummary").Select(command => File.ReadAllText(command.Text))];

    /// <summary>The command line of the host, one word an element, as the task lists them.</summary>
    public IReadOnlyList<string> Arguments
    {
        get
        {
            var said = Commands.Where(command => command.Name == "task.debug").Select(command => command.Text).ToList();
            var begin = said.FindIndex(line => line == "Arguments:");
            return [.. said.Skip(begin + 1).TakeWhile(line => line.StartsWith("   ", StringComparison.Ordinal)).Select(line => line[3..])];
        }
    }

    public TaskRun Ends(string result)
    {
        Assert.True(Result == result, $"Expected {result}.\n{Log}\n{Errors}");
        return this;
    }
}
