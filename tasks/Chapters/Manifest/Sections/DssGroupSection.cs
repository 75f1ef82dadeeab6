using System.Text.Json.Nodes;

namespace DssPipeline.Chapters;

/// <summary>A group of DSS users.</summary>
public sealed record DssGroupSection
{
    [Key("Name of the group.", Effect.NewName, Form = Form.DssName, Identifies = true)]
    public required string Name { get; init; }

    [Key("What it is for.")]
    public string Description { get; init; } = "";

    [Key("Members are administrators.")]
    public bool Admin { get; init; }

    [Key("Rights of the group, by the names DSS gives them (`mayManageClusters: true`).")]
    public JsonObject Rights { get; init; } = [];
}
