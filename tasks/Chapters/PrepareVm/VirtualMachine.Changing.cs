using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>How the machine is made and changed: some changes want it to rest, and afterwards it runs.</summary>
public sealed partial class VirtualMachine
{
    // Azure takes some sizes from a running machine and some not, depending on the hardware it happens to be on; from a resting one it takes all.
    private static readonly Paths Resting = ["/properties/hardwareProfile/vmSize", "/properties/securityProfile/encryptionAtHost", SystemDiskSize, SystemDiskKind];
    private static readonly Paths SystemDiskItself = [SystemDiskSize, SystemDiskKind];

    /// <summary>What a change costs for which the machine rests.</summary>
    internal const string Rest = "The machine stops and starts again: DSS is away for some minutes.";

    /// <summary>What a machine that does not run keeps from the plan.</summary>
    private const string Unseen = "Nobody could look inside, because the machine does not run: what is in it is planned as if it were not there. Once it runs it is looked at, and what is as wished is kept.";

    public override string? Interruption(IReadOnlyList<Difference> differences) =>
        differences.Any(difference => difference is { Path: Power, Before: not null }) ? Unseen
        : Touches(differences, Resting) ? Rest
        : null;

    public override async Task ApplyAsync(Change change, CancellationToken cancel)
    {
        if (change.Verb is not Verb.Update)
        {
            await base.ApplyAsync(await WithPlanAsync(change, cancel), cancel);
            return;
        }

        if (Touches(change.Differences, Resting)) await MachineRest.DuringAsync(Arm, Address.Id, () => ChangeAtRestAsync(change, cancel), cancel);
        else if (change.Differences.Any(difference => difference.Path != Power)) await base.ApplyAsync(change, cancel);

        // Looked at last, because somebody may have been stopping it all the while.
        if (PowerIn(await LookAsync(cancel)) != Running) await Arm.AskAsync($"{Address.Id}/start", ApiVersion, null, cancel);
    }

    protected override JsonObject Body(JsonObject wish, JsonNode? observed)
    {
        var properties = (JsonObject)wish["properties"]!;
        properties.Remove("powerState");
        if (observed is null)
        {
            properties["storageProfile"]!["osDisk"]!["name"] = names.OsDisk;
            return base.Body(wish, null);
        }

        // It was read once, at the first boot, and Azure refuses another one.
        ((JsonObject)properties["osProfile"]!).Remove("customData");
        var body = base.Body(wish, observed);
        GiveBack(body, observed, DataDisks, IsOurDisk);
        GiveBack(body, observed, Interfaces, IsOurInterface);
        if (Pointer.At(observed, "/identity/type") is { } kind && kind.ToString().Contains("UserAssigned", StringComparison.OrdinalIgnoreCase)) body["identity"]!["type"] = kind.DeepClone();
        return body;
    }

    private static bool Touches(IEnumerable<Difference> differences, Paths paths) => differences.Any(difference => paths.Holds(difference.Path));

    private static void GiveBack(JsonObject body, JsonNode observed, string path, Func<JsonNode?, bool> isOurs)
    {
        if (Pointer.At(body, path) is not JsonArray items || Pointer.At(observed, path) is not JsonArray all) return;
        foreach (var other in all.Where(item => !isOurs(item))) items.Add(other?.DeepClone());
    }

    private async Task<Change> WithPlanAsync(Change change, CancellationToken cancel)
    {
        if (change.Desired is not JsonObject desired || desired["plan"] is not null || await image.NeededPlanAsync(cancel) is not { } plan) return change;

        var wish = (JsonObject)desired.DeepClone();
        wish["plan"] = plan;
        return change with { Desired = wish };
    }

    /// <summary>Changes the machine, and before it its system disk, which takes its size and kind through the disk alone.</summary>
    private async Task ChangeAtRestAsync(Change change, CancellationToken cancel)
    {
        if (Touches(change.Differences, SystemDiskItself) && Pointer.At(change.Observed, $"{SystemDisk}/managedDisk/id") is { } disk)
        {
            await Arm.PatchAsync($"{disk}", DataDisk.ApiVersion, Json.Of(new { sku = new { name = vm.OsDisk.Sku }, properties = new { diskSizeGB = vm.OsDisk.SizeGB } }), cancel);
        }

        await base.ApplyAsync(change, cancel);
    }
}
