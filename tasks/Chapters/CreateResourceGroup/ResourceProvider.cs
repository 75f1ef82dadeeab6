using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>A provider of resource types, which a subscription must register once before it can have any of them. Others may use it too, so it is never unregistered.</summary>
public sealed class ResourceProvider(Arm arm, Providers providers, string subscription, string name)
    : Resource(IdOf(name))
{
    private readonly ArmAddress address = new($"/subscriptions/{subscription}/providers/{name}", "2022-09-01");

    public static ResourceId IdOf(string name) => new("azure", "provider", name);

    public override JsonNode Desired => Json.Of(new { registrationState = "Registered" });

    public override Comparison Comparison => Comparison.Plain with { Folded = ["/registrationState"] };

    public override bool IsOurs(JsonNode observed) => false;

    public override Task<JsonNode?> ObserveAsync(CancellationToken cancel) => arm.ObserveAsync(address, cancel);

    public override Task ApplyAsync(Change change, CancellationToken cancel) => providers.RegisterAsync(subscription, name, cancel);
}
