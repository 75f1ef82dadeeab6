using System.Text.Json;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Lifecycle rules: they come back under another name, with whole numbers as decimals.</summary>
internal sealed class ManagementPolicyRules : TypeRules
{
    public override void Show(ArmWorld world, ArmRecord record, JsonObject copy, ArmRequest request)
    {
        copy["name"] = "DefaultManagementPolicy";
        Decimals(copy["properties"]);
    }

    private static void Decimals(JsonNode? node)
    {
        foreach (var (name, value) in (node as JsonObject ?? []).ToList())
        {
            if (value is JsonValue number && number.GetValueKind() == JsonValueKind.Number) node![name] = decimal.Parse(number.ToJsonString(), System.Globalization.NumberStyles.Float) + 0.0m;
            else Decimals(value);
        }

        foreach (var item in node as JsonArray ?? []) Decimals(item);
    }
}
