using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>A base image in the registry: the tag is there, and is what the engine of the machine has. DSS pushes all of them at once.</summary>
public sealed class PushedImage(Dss dss, RegistryCopy copy, RegistryVisit? visit) : DssObject(dss, "pushedImage", $"{copy.Host}/{copy.Kind.Key}"), IAsksMachine
{
    private const string Push = "admin/container-exec/actions/push-base-images";

    /// <summary>One push does it for all.</summary>
    public override string Lane => RegistryLogin.OneAtATime;

    public override TimeSpan? Patience => TimeSpan.FromMinutes(5);

    public override JsonNode Desired => new JsonObject { ["id"] = Reference.To(new("machine", "baseImage", copy.Kind.Key), "/id") };

    public IEnumerable<MachineResource> AsksFor => [copy.Original];

    public override async Task<JsonNode?> ObserveAsync(CancellationToken cancel) =>
        await copy.LookAsync(cancel) is { Digest: { } digest } seen ? Json.Of(new { image = seen.Name, id = seen.Holds, digest }) : null;

    public override async Task ApplyAsync(Change change, CancellationToken cancel)
    {
        // It may have gone along with another.
        if (await copy.LookAsync(cancel) is { IsSame: true }) return;

        if (visit is null) await PushAsync(cancel);
        else await visit.DuringAsync(() => PushAsync(cancel), cancel);
    }

    private async Task PushAsync(CancellationToken cancel) =>
        await Dss.FinishAsync(await Dss.PostAsync(Push, null, cancel), new FutureOptions($"{Id}", "the base images are pushed"), cancel);
}
