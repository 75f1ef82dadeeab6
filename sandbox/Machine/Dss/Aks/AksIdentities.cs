using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>As whom the control plane and the kubelets of a new cluster act.</summary>
internal sealed record AksIdentities
{
    private const string IdentityVersion = "2024-11-30";

    public required JsonObject ControlPlane { get; init; }

    public JsonObject? Kubelet { get; init; }

    public JsonObject? ServicePrincipal { get; init; }

    /// <summary>Whether AKS makes the identity of the kubelets, so that the registry must be opened to it afterwards.</summary>
    public bool AksMakesKubelet { get; init; }

    public bool AksMakesControlPlane { get; init; }

    public static async Task<AksIdentities> OfAsync(JsonObject config, AksCredentials credentials, AzureManagement arm, AksHost host, CancellationToken cancel)
    {
        if (AksPool.IsTrue(config, "useDistinctSPForCluster")) return OfPrincipal(config["clusterServicePrincipal"] as JsonObject);
        if (credentials.IsLegacy) return OfPrincipal(credentials.Legacy);

        var wish = config["clusterIdentity"] as JsonObject ?? throw new PythonError("AttributeError", "'NoneType' object has no attribute 'get'");
        if (Text(wish, "identityType") == "service-principal") return OfPrincipal(wish);
        return AksPool.IsTrue(wish, "inheritDSSIdentity", usual: true) ? await InheritedAsync(credentials, arm, host, cancel) : await ChosenAsync(wish, arm, cancel);
    }

    private static AksIdentities OfPrincipal(JsonObject? principal) => new()
    {
        ControlPlane = new() { ["type"] = "None" },
        ServicePrincipal = new() { ["client_id"] = Text(principal, "clientId") ?? throw new PythonError("KeyError", "'clientId'"), ["secret"] = Text(principal, "password") ?? throw new PythonError("KeyError", "'password'") },
    };

    // Several identities: the one that was chosen, or else silently the last; without a choice the first.
    private static async Task<AksIdentities> InheritedAsync(AksCredentials credentials, AzureManagement arm, AksHost host, CancellationToken cancel)
    {
        var all = await host.IdentitiesAsync(arm, credentials.Subscription(() => host.Subscription), cancel);
        var chosen = credentials.UserAssigned is not { } wanted ? all[0]
            : all.FirstOrDefault(identity => identity.Key == wanted || (string?)identity.Value?["clientId"] == wanted) is { Key: not null } found ? found : all[^1];
        return new()
        {
            ControlPlane = UserAssigned(chosen.Key),
            Kubelet = new() { ["resource_id"] = chosen.Key, ["client_id"] = (string?)chosen.Value?["clientId"], ["object_id"] = (string?)chosen.Value?["principalId"] },
        };
    }

    private static async Task<AksIdentities> ChosenAsync(JsonObject wish, AzureManagement arm, CancellationToken cancel)
    {
        var ownPlane = AksPool.IsTrue(wish, "useAKSManagedIdentity", usual: true);
        var ownKubelet = AksPool.IsTrue(wish, "useAKSManagedKubeletIdentity", usual: true);
        return new()
        {
            AksMakesControlPlane = ownPlane,
            AksMakesKubelet = ownKubelet,
            ControlPlane = ownPlane ? new() { ["type"] = "SystemAssigned" } : UserAssigned(Text(wish, "controlPlaneUserAssignedIdentity") ?? throw PythonError.Plain("User assigned identity for the control plane is not set")),
            Kubelet = ownKubelet ? null : await KubeletAsync(Text(wish, "kubeletUserAssignedIdentity") ?? throw PythonError.Plain("User assigned identity for the kubelets is not set"), arm, cancel),
        };
    }

    private static async Task<JsonObject> KubeletAsync(string id, AzureManagement arm, CancellationToken cancel)
    {
        var identity = await arm.GetAsync(id, IdentityVersion, cancel);
        return new() { ["resource_id"] = id, ["client_id"] = Dotted.Text(identity, "properties.clientId"), ["object_id"] = Dotted.Text(identity, "properties.principalId") };
    }

    private static JsonObject UserAssigned(string id) => new() { ["type"] = "UserAssigned", ["user_assigned_identities"] = new JsonObject { [id] = new JsonObject() } };

    private static string? Text(JsonObject? info, string name) => (string?)info?[name] is { Length: > 0 } text ? text : null;
}
