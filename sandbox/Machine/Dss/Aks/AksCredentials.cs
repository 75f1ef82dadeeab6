using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>As whom the plugin acts in Azure, and in which subscription: legacy settings silently win over the new ones.</summary>
internal sealed class AksCredentials(AzureSignIn signIn, JsonObject config)
{
    private const string Resource = "https://management.azure.com";

    private readonly JsonObject? _legacy = config["connectionInfo"] as JsonObject;
    private readonly JsonObject? _current = config["connectionInfoV2"] as JsonObject;

    public bool IsLegacy => _legacy is { Count: > 0 };

    public JsonObject Legacy => _legacy!;

    /// <summary>The user-assigned identity that was chosen: a client id or a resource id.</summary>
    public string? UserAssigned => !IsLegacy && Text(_current, "identityType") == "user-assigned" ? Text(_current, "userManagedIdentityId") : null;

    public Task<string> TokenAsync(CancellationToken cancel)
    {
        if (IsLegacy) return SecretAsync(_legacy!, cancel);
        return (Text(_current, "identityType") ?? "default") switch
        {
            "service-principal" => SecretAsync(_current!, cancel),
            "user-assigned" => signIn.MachineAsync(UserAssigned, Resource, cancel),
            "default" => signIn.MachineAsync(null, Resource, cancel),
            var other => throw PythonError.Plain($"Identity type {other} is unknown and cannot be used"),
        };
    }

    /// <summary>The subscription of the settings; where the new ones name none, the machine's.</summary>
    public string Subscription(Func<string> machine)
    {
        if (IsLegacy) return Text(_legacy, "subscriptionId") ?? throw new PythonError("ValueError", "Parameter 'subscription_id' must not be None.");
        return Text(_current, "subscriptionId") ?? machine();
    }

    /// <summary>The subscription in which the network of the machine is looked up: only the legacy settings are asked, even when there are none.</summary>
    public string NetworkSubscription(AksHost host) =>
        _legacy is null ? throw new PythonError("AttributeError", "'NoneType' object has no attribute 'get'") : Text(_legacy, "subscriptionId") ?? host.Subscription;

    private Task<string> SecretAsync(JsonObject info, CancellationToken cancel) => signIn.ApplicationAsync(Need(info, "tenantId"), Need(info, "clientId"), Need(info, "password"), Resource, cancel);

    private static string Need(JsonObject info, string name) => Text(info, name) ?? throw PythonError.Plain("Incomplete connection info: you must fill the authentication for your cluster");

    private static string? Text(JsonObject? info, string name) => (string?)info?[name] is { Length: > 0 } text && text.Trim().Length > 0 ? text : null;
}
