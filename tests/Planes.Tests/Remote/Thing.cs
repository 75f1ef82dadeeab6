using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes.Tests;

/// <summary>A resource of a test, at any address and with any wish.</summary>
internal sealed class Thing(Arm arm, string id, object? wish, UpdateStyle style = UpdateStyle.Put, string version = ArmSetup.Version)
    : ArmResource(arm, new ResourceId("azure", "thing", id.Split('/')[^1]), new ArmAddress(id, version))
{
    public Paths Fixed { get; init; } = [];

    public override Comparison Comparison => base.Comparison with { Fixed = Fixed };

    protected override JsonNode? Wish => wish is null ? null : Json.Of(wish);

    protected override string MadeBy => "MakeThings";

    protected override UpdateStyle UpdateStyle => style;

    /// <summary>Looks and compares, as a plan does.</summary>
    public async Task<Change> PlanAsync()
    {
        Arm.LookAnew();
        return Change.Between(this, Desired, await ObserveAsync(default), new Permissions(new HashSet<ResourceId> { Id }, new HashSet<ResourceId> { Id }));
    }

    /// <summary>Looks, makes what differs, looks again.</summary>
    public async Task<Change> RollAsync()
    {
        var change = await PlanAsync();
        await ApplyAsync(change, default);
        return Change.Between(this, Desired, await ObserveAsync(default), Permissions.None);
    }
}
