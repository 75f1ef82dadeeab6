using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>One rule of a security group: its priority is its own in its direction.</summary>
internal sealed class SecurityRuleRules : TypeRules
{
    public override void Check(Write write)
    {
        var (priority, direction) = (Dotted.Number(write.Wish, "properties.priority"), write.Text("properties.direction"));
        if (priority is null or < 100 or > 4096) throw Write.Refuse(400, "SecurityRuleInvalidPriority", $"Security rule has invalid Priority. Value provided: {priority} Allowed range 100-4096.", "properties.priority");

        var others = write.ParentWish is null
            ? write.World.Children(write.Id.Parent!, "securityRules").Select(record => (record.Id.Name, Body: (JsonNode)record.Document))
            : Dotted.Items(write.ParentWish, "properties.securityRules").Select(item => (Name: Dotted.Text(item, "name") ?? "", Body: (JsonNode)item));
        var twin = others.FirstOrDefault(other => other.Name != write.Id.Name && Dotted.Number(other.Body, "properties.priority") == priority && Dotted.Text(other.Body, "properties.direction") == direction);
        if (twin.Name is not null) throw Write.Refuse(400, "SecurityRuleConflict", $"Security rule {write.Id.Name} conflicts with rule {twin.Name}. Rules cannot have the same Priority and Direction.");
    }
}
