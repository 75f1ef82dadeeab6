using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Blob containers: a deleted one keeps its name for a while.</summary>
internal sealed class ContainerRules : TypeRules
{
    private const double Seconds = 30;

    public override void Check(Write write)
    {
        var service = write.World.Record(write.Id.Parent!.Text)!;
        if (!write.IsNew || Dotted.Text(service.Hidden["~deleted"], write.Id.Name) is not { } time) return;
        if ((write.World.Now - DateTimeOffset.Parse(time)).TotalSeconds < Seconds * write.World.Options.DurationScale) throw Write.Refuse(409, "ContainerBeingDeleted", "The specified container is being deleted. Try operation later.");
    }

    public override void Gone(ArmWorld world, ArmRecord record)
    {
        if (world.Record(record.Id.Parent!.Text) is not { } service) return;
        (service.Hidden["~deleted"] ??= new JsonObject())[record.Id.Name] = world.Timestamp;
        world.Save(service);
    }
}
