using YamlDotNet.RepresentationModel;

namespace DssPipeline.Pipelines.Tests;

/// <summary>The workflows of this repository and of its examples.</summary>
internal static class WorkflowFiles
{
    /// <summary>Those that users call, where they are written.</summary>
    public static IReadOnlyList<string> Sources { get; } = Repository.In("pipelines/github", "*.yml");

    /// <summary>Everything that GitHub would run.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. Sources,
        .. Repository.In(".github/workflows", "*.yml"),
        .. Directory.EnumerateDirectories(Repository.Full("examples")).SelectMany(folder => Repository.In($"examples/{Path.GetFileName(folder)}/.github/workflows", "*.yml")),
    ];

    public static YamlMappingNode Parse(string file)
    {
        var yaml = new YamlStream();
        using var reader = new StringReader(Repository.Read(file));
        yaml.Load(reader);
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    /// <summary>The jobs of a workflow by their names.</summary>
    public static IEnumerable<(string Name, YamlMappingNode Job)> Jobs(string file) =>
        ((YamlMappingNode)Parse(file)["jobs"]).Children.Select(job => ($"{job.Key}", (YamlMappingNode)job.Value));
}
