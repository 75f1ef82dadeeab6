using System.Globalization;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The inside of the machine, which everything there lives in: an Enterprise Linux on x86-64, or nothing is done in it.</summary>
public sealed class MachineHost(Machine machine, Manifest manifest) : MachineResource(machine, "host", machine.Host.Name)
{
    private readonly EnterpriseLinux wished = EnterpriseLinux.Of(manifest.Vm.Image);

    public override ResourceId? LivesIn => manifest.Names.VirtualMachine.Id;

    public override IReadOnlyList<ResourceId> After => SshHostKey.IsLearned(manifest) ? [manifest.Names.SshHostKey] : [];

    // From the moment Azure says that it runs to the first login.
    public override TimeSpan? Patience => TimeSpan.FromMinutes(15);

    // Nothing that is there is ever removed for it: what is wrong is refused.
    public override bool NeedsPermission => false;

    public override JsonNode Desired => Json.Of(new { release = wished.Release, architecture = "x86_64" });

    public override Problem? Objection(Verb verb, JsonNode? desired, JsonNode? observed)
    {
        if (observed is null) return wished.Release > 8 && Version.Parse(manifest.Dss.Version).Major < 14 ? TooNew : null;

        var (name, architecture) = ($"{observed["name"]}", $"{observed["architecture"]}");
        return new(
            "Machine of another kind",
            $"{Id} is {(name is "" ? "an unknown system" : name)} on {architecture}, and vm.image at {manifest.Places.Of("/vm/image")} asks for Enterprise Linux {wished} on x86_64. "
            + $"Packages and paths are those of AlmaLinux, Rocky Linux and Red Hat Enterprise Linux, on which DSS is supported, so nothing was changed in it. Choose another image (and name the machine in policy.allowReplace), or have the machine made anew.");
    }

    protected override JsonNode? Seen(JsonObject fact)
    {
        var version = $"{fact["version"]}".Split('.')[0];
        if (EnterpriseLinux.Distributions.Contains($"{fact["id"]}", StringComparer.Ordinal) && int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var release)) fact["release"] = release;
        return fact;
    }

    private Problem TooNew => new(
        "Machine of another kind",
        $"vm.image is Enterprise Linux {wished}, and DSS {manifest.Dss.Version} is supported on 8 only; from DSS 14 on it runs on 9 as well. Choose 8-gen2 for vm.image.sku, or a newer dss.version.");
}
