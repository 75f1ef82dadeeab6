using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace DssPipeline.Sandbox;

/// <summary>The data plane of key vaults, as far as secrets go.</summary>
internal sealed partial class KeyVaultApi(VaultStore store, ArmSecrets others, TimeProvider clock)
{
    public async Task HandleAsync(HttpContext context)
    {
        var (vault, path) = TenantName.Of(context.Request, ".vault.azure.net");
        var wish = context.Request.Method is "PUT" or "PATCH" ? await SecretWish.ReadAsync(context.Request.Body, context.RequestAborted) : null;
        var secrets = store.Open(vault);
        VaultAnswer answer;
        lock (secrets)
        {
            var taken = others.TakeOver(vault, secrets);
            answer = Answer(context.Request, new VaultCall(vault, secrets, wish), path);
            if (taken || answer.Changed) store.Save(vault);
        }

        context.Response.StatusCode = answer.Status;
        if (answer.Body is not null) await ErrorAnswer.WriteJsonAsync(context, answer.Status, answer.Body);
    }

    private VaultAnswer Answer(HttpRequest request, VaultCall call, string[] path)
    {
        if (string.IsNullOrEmpty(request.Query["api-version"])) return Bad("api-version must be specified");
        if (path.Length > 1 && !Name().IsMatch(path[1])) return Bad($"The request URI contains an invalid name: {path[1]}");

        return (request.Method, path) switch
        {
            ("GET", ["secrets"]) => List(call.Secrets.Values.Where(secret => secret.DeletedAt is null).Select(secret => SecretBundle.SecretItem(call.Vault, secret))),
            ("PUT", ["secrets", var name]) => Set(call, name),
            ("GET", ["secrets", var name]) => Get(call, name, version: null),
            ("GET", ["secrets", var name, "versions"]) => Versions(call, name),
            ("GET", ["secrets", var name, var version]) => Get(call, name, version),
            ("PATCH", ["secrets", var name, var version]) => Update(call, name, version),
            ("DELETE", ["secrets", var name]) => Delete(call, name),
            ("GET", ["deletedsecrets"]) => List(call.Secrets.Values.Where(secret => secret.DeletedAt is not null).Select(secret => SecretBundle.Deleted(call.Vault, secret))),
            (_, ["deletedsecrets", ..]) => Deleted(request.Method, call, path),
            _ => VaultAnswer.Error(404, "NotFound", $"The sandbox's vaults have no {request.Method} {request.Path}; they know secrets only."),
        };
    }

    private VaultAnswer Set(VaultCall call, string name)
    {
        if (call.Wish?.Value is null) return Bad("Property value is required.");
        if (!call.Secrets.TryGetValue(name, out var secret)) call.Secrets[name] = secret = new StoredSecret(name);
        if (secret.DeletedAt is not null)
        {
            return VaultAnswer.Error(409, "Conflict", $"Secret {name} is currently in a deleted but recoverable state, and its name cannot be reused; in this state, the secret can only be recovered or purged.", "ObjectIsDeletedButRecoverable");
        }

        secret.Versions.Add(call.Wish.New(Now));
        return new VaultAnswer(200, SecretBundle.Of(call.Vault, name, secret.Versions[^1]), Changed: true);
    }

    private static VaultAnswer Get(VaultCall call, string name, string? version)
    {
        if (call.Find(name, version) is not { } found) return NotFound(version is null ? name : $"{name}/{version}");
        if (!found.Enabled) return VaultAnswer.Error(403, "Forbidden", "Operation get is not allowed on a disabled secret.", "SecretDisabled");

        return new VaultAnswer(200, SecretBundle.Of(call.Vault, name, found));
    }

    private static VaultAnswer Versions(VaultCall call, string name) =>
        List(call.Live(name)?.Versions.Select(version => SecretBundle.VersionItem(call.Vault, name, version)) ?? []);

    private VaultAnswer Update(VaultCall call, string name, string version)
    {
        if (call.Find(name, version) is not { } found) return NotFound($"{name}/{version}");
        if (call.Wish is null) return Bad("The request body cannot be read.");

        var versions = call.Secrets[name].Versions;
        var changed = versions[versions.IndexOf(found)] = call.Wish.Over(found, Now);
        return new VaultAnswer(200, SecretBundle.VersionItem(call.Vault, name, changed), Changed: true);
    }

    private VaultAnswer Delete(VaultCall call, string name)
    {
        if (call.Live(name) is not { } secret) return NotFound(name);

        secret.DeletedAt = clock.GetUtcNow();
        return new VaultAnswer(200, SecretBundle.Deleted(call.Vault, secret), Changed: true);
    }

    private static VaultAnswer Deleted(string method, VaultCall call, string[] path)
    {
        if (!call.Secrets.TryGetValue(path[1], out var secret) || secret.DeletedAt is null) return NotFound(path[1], "Deleted Secret not found: ");
        switch (method, path.Length == 3 ? path[2] : "")
        {
            case ("GET", ""):
                return new VaultAnswer(200, SecretBundle.Deleted(call.Vault, secret));
            case ("POST", "recover"):
                secret.DeletedAt = null;
                return new VaultAnswer(200, SecretBundle.VersionItem(call.Vault, secret.Name, secret.Versions[^1]), Changed: true);
            case ("DELETE", ""):
                call.Secrets.Remove(secret.Name);
                return new VaultAnswer(204, Body: null, Changed: true);
            default:
                return VaultAnswer.Error(405, "MethodNotAllowed", $"A deleted secret cannot be asked to {method}.");
        }
    }

    private long Now => clock.GetUtcNow().ToUnixTimeSeconds();

    private static VaultAnswer List(IEnumerable<JsonObject> items) =>
        new(200, new JsonObject { ["value"] = new JsonArray([.. items]), ["nextLink"] = null });

    private static VaultAnswer Bad(string message) => VaultAnswer.Error(400, "BadParameter", message);

    private static VaultAnswer NotFound(string name, string before = "") => VaultAnswer.Error(404, "SecretNotFound",
        before.Length > 0 ? before + name : $"A secret with (name/id) {name} was not found in this key vault. If you recently deleted this secret you may be able to recover it using the correct recovery command.");

    [GeneratedRegex("^[0-9a-zA-Z-]{1,127}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
