using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>Resource providers of a subscription, which must be registered before their types can be made.</summary>
public sealed class Providers(Arm arm, TimeProvider clock)
{
    private const string ApiVersion = "2022-09-01";
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(20);

    /// <summary>What Azure knows of the provider; <c>/registrationState</c> is Registered when it can be used.</summary>
    public Task<JsonNode?> GetAsync(string subscription, string name, CancellationToken cancel) => arm.GetAsync(Id(subscription, name), ApiVersion, cancel);

    /// <summary>Registers the provider and waits until Azure has done so.</summary>
    public async Task RegisterAsync(string subscription, string name, CancellationToken cancel)
    {
        var started = clock.GetUtcNow();
        await arm.AskAsync($"{Id(subscription, name)}/register", ApiVersion, null, cancel);
        while (!IsRegistered(await GetAsync(subscription, name, cancel)))
        {
            if (clock.GetUtcNow() - started > Deadline) throw new ProblemException(Late(name, subscription));
            arm.Tell(new Wait(Id(subscription, name), "Azure to register the resource provider", started));
            await Task.Delay(Pace, clock, cancel);
        }
    }

    public static bool IsRegistered(JsonNode? provider) =>
        string.Equals(Pointer.At(provider, "/registrationState")?.ToString(), "Registered", StringComparison.OrdinalIgnoreCase);

    private static string Id(string subscription, string name) => $"/subscriptions/{subscription}/providers/{name}";

    private static Problem Late(string name, string subscription) =>
        new("Resource provider not registered", $"{name} was not registered in subscription {subscription} within {Deadline.TotalMinutes:0} minutes. Run again to look.");
}
