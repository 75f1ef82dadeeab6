using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Extensions and run commands: they need a running machine to talk to.</summary>
internal sealed class GuestRules : TypeRules
{
    private const string RunCommands = "Microsoft.Compute/virtualMachines/runCommands";
    private const string Ran = "~ran";
    private const int Most = 25;

    private static readonly string[] Decisive = ["source", "parameters", "runAsUser", "timeoutInSeconds", "asyncExecution"];

    public override void Check(Write write)
    {
        NeedRunning(write.World.Record(write.Id.Parent!.Text)!);
        if (write.IsNew && IsRunCommand(write.Id) && write.World.Children(write.Id.Parent, "runCommands").Count() >= Most) throw new ArmError(409, "OperationNotAllowed", $"The VM '{write.Id.Parent.Name}' has {Most} run commands, which is the most it can have. Delete one first.");
    }

    public override void CheckDelete(ArmWorld world, ArmRecord record) => NeedRunning(world.Record(record.Id.Parent!.Text)!);

    /// <summary>Starts the script, unless these very settings were run before.</summary>
    public override void Saved(Write write)
    {
        if (!IsRunCommand(write.Id) || write.World.Options.Scripts is not { } scripts || write.World.Record(write.Id.Text) is not { } record) return;
        var settings = Settings(record);
        if (Dotted.Text(record.Hidden, Ran) == settings) return;

        record.Hidden[Ran] = settings;
        Dotted.Write(record.Hidden, GuestScripts.View, GuestScripts.ViewOf(scripts.Start(record.Id.Text, record.Id.Parent!.Name, Script(record))));
        write.World.Save(record);
    }

    /// <summary>The write of a script that is waited for ends with the script.</summary>
    public override bool Holds(ArmWorld world, ArmRecord record, string verb) =>
        verb == "put" && IsRunCommand(record.Id) && !Dotted.True(record.Document, "properties.asyncExecution") && world.Options.Scripts?.IsRunning(record.Id.Text) == true;

    public override void Done(ArmWorld world, ArmRecord record)
    {
        if (!IsRunCommand(record.Id)) return;
        if (world.Options.Scripts is null) Dotted.Write(record.Hidden, GuestScripts.View, Nowhere(world));
        else if (Dotted.True(record.Document, "properties.treatFailureAsDeploymentFailure") && View(world, record) is { } view && Dotted.Text(view, "executionState") == "Failed") record.State = "Failed";
    }

    public override void Gone(ArmWorld world, ArmRecord record)
    {
        if (IsRunCommand(record.Id)) world.Options.Scripts?.Remove(record.Id.Text, record.Id.Parent!.Name, record.Id.Name);
    }

    public override void Show(ArmWorld world, ArmRecord record, JsonObject copy, ArmRequest request)
    {
        if (request.Expands("instanceView") && View(world, record) is { } view) Dotted.Write(copy, GuestScripts.View, view);
    }

    public static void NeedRunning(ArmRecord machine)
    {
        if (VirtualMachineRules.Power(machine) != "running") throw new ArmError(409, "OperationNotAllowed", "Cannot modify extensions in the VM when the VM is not running.");
        if (Dotted.Read(machine.Document, "properties.osProfile.allowExtensionOperations") is { } allowed && !allowed.GetValue<bool>()) throw new ArmError(409, "OperationNotAllowed", "This operation cannot be performed when extension operations are disallowed. To allow, please ensure VM Agent is installed on the VM and the osProfile.allowExtensionOperations property is true.");
    }

    public static IReadOnlyList<(string Name, string Value)> Parameters(JsonNode? holder, string path) =>
        [.. Dotted.Items(holder, path).Select(one => (Dotted.Text(one, "name") ?? "", Dotted.Text(one, "value") ?? ""))];

    private static bool IsRunCommand(ArmId id) => id.Type.Equals(RunCommands, StringComparison.OrdinalIgnoreCase);

    private static JsonNode? View(ArmWorld world, ArmRecord record) =>
        world.Options.Scripts?.Of(record.Id.Text) is { } run ? GuestScripts.ViewOf(run) : Dotted.Read(record.Hidden, GuestScripts.View)?.DeepClone();

    private static GuestScript Script(ArmRecord record) => new()
    {
        Name = record.Id.Name,
        Text = Dotted.Text(record.Document, "properties.source.script") ?? "",
        Parameters = [.. Parameters(record.Document, "properties.parameters"), .. Parameters(record.Hidden, "properties.protectedParameters")],
        Timeout = TimeSpan.FromSeconds(Dotted.Number(record.Document, "properties.timeoutInSeconds") ?? 5400),
        User = Dotted.Text(record.Document, "properties.runAsUser"),
    };

    private static string Settings(ArmRecord record)
    {
        var all = string.Join('\n', Decisive.Select(name => Dotted.Read(record.Document, $"properties.{name}")?.ToJsonString())
            .Append(Dotted.Read(record.Hidden, "properties.protectedParameters")?.ToJsonString()));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)));
    }

    private static JsonObject Nowhere(ArmWorld world) => new()
    {
        ["executionState"] = "Failed",
        ["executionMessage"] = "No machine stands behind this virtual machine, so nothing was run.",
        ["exitCode"] = -100,
        ["output"] = "",
        ["error"] = "",
        ["startTime"] = world.Timestamp,
        ["endTime"] = world.Timestamp,
    };
}
