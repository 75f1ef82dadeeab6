using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>One thing that exists: what a read shows, and what no read ever shows.</summary>
internal sealed class ArmRecord(ArmId id, JsonObject document, JsonObject hidden)
{
    public ArmId Id { get; } = id;

    public JsonObject Document { get; set; } = document;

    public JsonObject Hidden { get; set; } = hidden;

    public string? State
    {
        get => Dotted.Text(Document, "properties.provisioningState");
        set => Dotted.Write(Document, "properties.provisioningState", value);
    }

    /// <summary>A first write that is still running and whose result nobody sees yet.</summary>
    public bool IsInvisible
    {
        get => Hidden.ContainsKey("~invisible");
        set
        {
            if (value) Hidden["~invisible"] = true;
            else Hidden.Remove("~invisible");
        }
    }
}
