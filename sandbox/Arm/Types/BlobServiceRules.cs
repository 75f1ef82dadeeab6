using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>The blob service of an account: always there, written whole.</summary>
internal sealed class BlobServiceRules : TypeRules
{
    public override void Check(Write write)
    {
        if (!Dotted.True(write.Wish, "properties.isVersioningEnabled") || !Dotted.True(write.World.Record(write.Id.Parent!.Text)?.Document, "properties.isHnsEnabled")) return;
        throw Write.Refuse(409, "FeatureNotSupportedForAccount", "Blob versioning is not supported for accounts with a hierarchical namespace.", "properties.isVersioningEnabled");
    }

    public override void Show(ArmWorld world, ArmRecord record, JsonObject copy, ArmRequest request) =>
        copy["sku"] = world.Record(record.Id.Parent!.Text)?.Document["sku"]?.DeepClone();
}
