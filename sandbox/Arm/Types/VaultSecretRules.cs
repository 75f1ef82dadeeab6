using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Secrets written through Resource Manager: each write is a new version, and the value never comes back.</summary>
internal sealed class VaultSecretRules : TypeRules
{
    public override void Fill(Write write)
    {
        var vault = Dotted.Text(write.World.Record(write.Id.Parent!.Text)?.Document, "properties.vaultUri");
        var version = write.Text("properties.value") is null ? Dotted.Text(write.Hidden, "~version") : null;
        version ??= Guid.NewGuid().ToString("N");
        write.Hidden["~version"] = version;
        Dotted.Write(write.Document, "properties.secretUri", $"{vault}/secrets/{write.Id.Name}");
        Dotted.Write(write.Document, "properties.secretUriWithVersion", $"{vault}/secrets/{write.Id.Name}/{version}");
        write.Document["location"] ??= Dotted.Text(write.World.Record(write.Id.Parent!.Text)?.Document, "location");
    }
}
