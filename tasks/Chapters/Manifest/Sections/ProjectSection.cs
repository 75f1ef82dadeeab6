using System.Collections.ObjectModel;
using System.Text.Json.Nodes;

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

    [Key("What groups may do in the project. Groups that are not named here are left as they are.")]
    public IReadOnlyList<ProjectPermissionSection> Permissions { get; init; } = [];
}

/// <summary>What one group may do in a project.</summary>
public sealed record ProjectPermissionSection
{
    [Key("Name of the group: one of dss.groups, or another that DSS has.", Form = Form.DssName, Identifies = true)]
    public required string Group { get; init; }

    [Key("Everything, the permissions of others included.")]
    public bool Admin { get; init; }

    [Key("Read what is in the project.")]
    public bool Read { get; init; } = true;

    [Key("Change what is in the project.")]
    public bool Write { get; init; }

    [Key("Run scenarios.")]
    public bool RunScenarios { get; init; }

    [Key("Take data out of DSS.")]
    public bool ExportData { get; init; }

    [Key("Further rights, by the names DSS gives them (`moderateDashboards: true`).")]
    public JsonObject Rights { get; init; } = [];
}
