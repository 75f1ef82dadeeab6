using System.Text.Json.Nodes;

namespace DssPipeline.Pipelines.Tests;

/// <summary>Where the task of Azure Pipelines lies, and what its task.json says.</summary>
internal static class TaskFiles
{
    public static string Extension { get; } = Path.Combine(Repository.Root, "pipelines", "azure-devops", "extension");

    public static string Task { get; } = Path.Combine(Extension, "task");

    public static string Templates { get; } = Path.Combine(Repository.Root, "pipelines", "azure-devops");

    /// <summary>The folder of these tests, as it was built.</summary>
    public static string Tests { get; } = Path.Combine(Repository.Root, "tests", "Pipelines.Tests");

    public static JsonObject Json { get; } = JsonNode.Parse(File.ReadAllText(Path.Combine(Task, "task.json")))!.AsObject();

    public static IReadOnlyList<JsonObject> Inputs { get; } = [.. Json["inputs"]!.AsArray().Select(input => input!.AsObject())];

    public static IReadOnlyList<string> Outputs { get; } = [.. Json["OutputVariables"]!.AsArray().Select(output => $"{output!["name"]}")];

    /// <summary>How YAML names the task: its name and major version.</summary>
    public static string Name { get; } = $"{Json["name"]}@{Json["version"]!["Major"]}";
}
