using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Run Command as an action: one script at a time, its end told in a message, its exit code by nobody.</summary>
internal static class OldRunCommand
{
    public const string Action = "runCommand";

    private const string Shell = "RunShellScript";

    public static void Check(ArmWorld world, ArmRecord record, ArmRequest request)
    {
        if (world.Options.Scripts is not { } scripts) throw new ArmError(501, "NotImplemented", "No machine stands behind this virtual machine, so nothing can be run in it.");
        GuestRules.NeedRunning(record);
        if (Dotted.Text(request.Body, "commandId") is var command && command != Shell) throw new ArmError(400, "InvalidParameter", $"The command '{command}' is not known; the sandbox runs {Shell}.") { Target = "commandId" };
        if (scripts.IsRunning(record.Id.Text)) throw new ArmError(409, "Conflict", "Run command extension execution is in progress. Please wait for completion before invoking a run command.");
    }

    public static void Start(ArmWorld world, ArmRecord record, ArmRequest request) => world.Options.Scripts!.Start(record.Id.Text, record.Id.Name, new GuestScript
    {
        Name = "run-command-action",
        Text = string.Join('\n', (request.Body?["script"] as JsonArray)?.Select(line => (string?)line) ?? []) + "\n",
        Parameters = GuestRules.Parameters(request.Body, "parameters"),
    });

    // A script that fails has succeeded in being run.
    public static JsonNode? Outcome(ArmWorld world, ArmRecord record) => world.Options.Scripts?.Of(record.Id.Text) is not { } run ? null : new JsonObject
    {
        ["value"] = new JsonArray(new JsonObject
        {
            ["code"] = "ProvisioningState/succeeded",
            ["level"] = "Info",
            ["displayStatus"] = "Provisioning succeeded",
            ["message"] = $"Enable succeeded: \n[stdout]\n{run.Output}\n[stderr]\n{run.Errors}",
        }),
    };
}
