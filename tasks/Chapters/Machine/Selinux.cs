using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>SELinux, now and after the next boot: enforcing, permissive or disabled.</summary>
public sealed class Selinux(Machine machine, string mode) : MachineResource(machine, "selinux", "mode")
{
    public override JsonNode Desired => Json.Of(new { now = mode, atBoot = mode });

    public override Problem? Objection(Verb verb, JsonNode? desired, JsonNode? observed) =>
        mode == "enforcing" && Pointer.At(observed, "/now")?.ToString() is "missing"
            ? new Problem(
                "SELinux is not there",
                "vm.selinux is enforcing, and the machine has no SELinux: neither its tools nor its configuration is there. Use an image that has it, or put vm.selinux to permissive.")
            : null;

    protected override JobValues Asking => new() { { "mode", mode } };

    /// <summary>Less than wished does not stand in anybody's way: a machine without SELinux is as good as a permissive one, and a permissive one is as good as one where it is off after the next boot.</summary>
    protected override JsonNode? Seen(JsonObject fact)
    {
        var (now, atBoot) = ($"{fact["now"]}", $"{fact["atBoot"]}");
        if (mode == "enforcing") return fact;

        return Json.Of(new
        {
            now = now == "enforcing" ? now : mode,
            atBoot = atBoot == "missing" && now is "missing" or "disabled" ? mode : atBoot,
        });
    }
}
