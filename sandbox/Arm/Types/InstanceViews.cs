using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>What Compute sees of a machine from outside: its power and its agent.</summary>
internal static class InstanceViews
{
    public static JsonObject Of(ArmWorld world, ArmRecord machine)
    {
        var power = VirtualMachineRules.Power(machine);
        var view = new JsonObject
        {
            ["computerName"] = Dotted.Text(machine.Document, "properties.osProfile.computerName"),
            ["osName"] = "AlmaLinux",
            ["osVersion"] = "8.10",
            ["hyperVGeneration"] = "V2",
        };
        if (power == "running")
        {
            view["vmAgent"] = new JsonObject { ["vmAgentVersion"] = "2.13.1.1", ["statuses"] = new JsonArray(Status("ProvisioningState/succeeded", "Ready", world, "Guest Agent is running")) };
        }

        view["disks"] = new JsonArray(new JsonObject { ["name"] = Dotted.Text(machine.Document, "properties.storageProfile.osDisk.name"), ["statuses"] = new JsonArray(Status("ProvisioningState/succeeded", "Provisioning succeeded", world)) });
        view["statuses"] = new JsonArray(
            Status($"ProvisioningState/{machine.State?.ToLowerInvariant()}", $"Provisioning {machine.State?.ToLowerInvariant()}", world),
            Status($"PowerState/{power}", $"VM {power}", world));
        return view;
    }

    private static JsonObject Status(string code, string display, ArmWorld world, string? message = null)
    {
        var status = new JsonObject { ["code"] = code, ["level"] = "Info", ["displayStatus"] = display, ["time"] = world.Timestamp };
        if (message is not null) status["message"] = message;
        return status;
    }
}
