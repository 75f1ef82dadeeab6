using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The host key by which ssh knows the machine: learned once through Azure, and kept as a tag of the machine. It lives and goes with it.</summary>
public sealed class SshHostKey(Arm arm, Manifest manifest) : Resource(manifest.Names.SshHostKey)
{
    public const string Tag = "dss-pipeline:ssh-host-key";

    private readonly AzureName machine = manifest.Names.VirtualMachine;

    public override ResourceId? LivesIn => machine.Id;

    public override bool AskedAlongsideHost => true;

    // The tags of the machine are part of it, and Azure makes one change at a time to it.
    public override string? Lane => machine.Path;

    public override JsonNode Desired => Json.Of(new { pinned = true });

    /// <summary>It goes with its machine.</summary>
    public override bool IsOurs(JsonNode observed) => false;

    /// <summary>Whether the key has to be learned: it is neither given nor unneeded.</summary>
    public static bool IsLearned(Manifest manifest) => manifest is { UsesSsh: true, Vm.SshHostKey: null };

    /// <summary>The key that a machine carries; null when it carries none.</summary>
    public static string? In(JsonNode? observed) => Pointer.Member(Pointer.At(observed, "/tags") as JsonObject, Tag)?.ToString();

    public override async Task<JsonNode?> ObserveAsync(CancellationToken cancel) =>
        In(await arm.ObserveAsync(new ArmAddress(machine.Path, VirtualMachine.ApiVersion) { Query = "$expand=instanceView" }, cancel)) is { } key ? Json.Of(new { pinned = true, key }) : null;

    public override async Task ApplyAsync(Change change, CancellationToken cancel)
    {
        var key = await new HostKeyReader(arm, machine.Path, manifest.Azure.Location).ReadAsync(cancel);
        var observed = await arm.GetAsync(machine.Path, VirtualMachine.ApiVersion, cancel);

        // Azure takes the tags of a machine as a whole.
        var tags = Pointer.At(observed, "/tags")?.DeepClone() as JsonObject ?? [];
        tags[Tag] = key;
        await arm.PatchAsync(machine.Path, VirtualMachine.ApiVersion, Json.Of(new { tags }), cancel);
    }
}
