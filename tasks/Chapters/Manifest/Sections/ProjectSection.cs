using System.Collections.ObjectModel;

namespace DssPipeline.Chapters;

/// <summary>A DSS project that uses a cluster.</summary>
public sealed record ProjectSection
{
    [Key("Key of the project.", Effect.NewName, Form = Form.ProjectKey, Identifies = true)]
    public required string Key { get; init; }

    [Key("Name shown.", Default = "the key")]
    public string? Name { get; init; }

    [Key("What it is for.")]
    public string Description { get; init; } = "";

    [Key("Login of the owner.")]
    public string Owner { get; init; } = "admin";

    [Key("Cluster of the project.", RefersTo = "aks.clusters", Default = "the default cluster")]
    public string? Cluster { get; init; }

    [Key("Containerized execution configuration of the project.", RefersTo = "containers.executionConfigs", Default = "the default one")]
    public string? ExecutionConfig { get; init; }

    [Key("Tags of the project.")]
    public IReadOnlyList<string> Tags { get; init; } = [];

    [Key("Variables of the project.")]
    public IReadOnlyDictionary<string, string> Variables { get; init; } = ReadOnlyDictionary<string, string>.Empty;
}
