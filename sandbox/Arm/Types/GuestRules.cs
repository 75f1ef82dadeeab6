using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Extensions and run commands: they need a running machine to talk to.</summary>
internal sealed class GuestRules : TypeRules
{
    public override void Check(Write write) => NeedRunning(write.World.Record(write.Id.Parent!.Text)!);

    public override void CheckDelete(ArmWorld world, ArmRecord record) => NeedRunning(world.Record(record.Id.Parent!.Text)!);

    public override void Done(ArmWorld world, ArmRecord record)
    {
        if (!record.Id.Type.EndsWith("/runCommands", StringComparison.OrdinalIgnoreCase)) return;
        Dotted.Write(record.Hidden, "properties.instanceView", new JsonObject
        {
            ["executionState"] = "Failed",
            ["executionMessage"] = "No machine stands behind this virtual machine, so nothing was run.",
            ["exitCode"] = -100,
            ["output"] = "",
            ["error"] = "",
            ["startTime"] = world.Timestamp,
            ["endTime"] = world.Timestamp,
        });
    }

    public override void Show(ArmWorld world, ArmRecord record, JsonObject copy, ArmRequest request)
    {
        if (request.Expands("instanceView") && Dotted.Read(record.Hidden, "properties.instanceView") is { } view) Dotted.Write(copy, "properties.instanceView", view.DeepClone());
    }

    private static void NeedRunning(ArmRecord machine)
    {
        if (VirtualMachineRules.Power(machine) != "running") throw new ArmError(409, "OperationNotAllowed", "Cannot modify extensions in the VM when the VM is not running.");
        if (Dotted.Read(machine.Document, "properties.osProfile.allowExtensionOperations") is { } allowed && !allowed.GetValue<bool>()) throw new ArmError(409, "OperationNotAllowed", "This operation cannot be performed when extension operations are disallowed. To allow, please ensure VM Agent is installed on the VM and the osProfile.allowExtensionOperations property is true.");
    }
}
