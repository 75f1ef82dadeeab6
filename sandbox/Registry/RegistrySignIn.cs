using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace DssPipeline.Sandbox;

/// <summary>How one gets into a registry: a token of Entra, the secret of an application or the admin user for a token of the registry.</summary>
internal sealed class RegistrySignIn(RegistryTokens own, RegistryRights rights, Tokens entra, Applications applications)
{
    private const string Admin = "admin";

    // This name says that the password is a refresh token.
    private const string Nobody = "00000000-0000-0000-0000-000000000000";

    private static readonly string[] OwnAudiences = ["https://containerregistry.azure.net"];
    private static readonly string[] AllAudiences = ["https://management.azure.com", "https://management.core.windows.net", .. OwnAudiences];

    /// <summary>A token of Entra for a refresh token.</summary>
    public async Task ExchangeAsync(RegistryCall call)
    {
        if (call.Method != "POST") throw RegistryRefusal.Unsupported();
        var form = await FormAsync(call);
        if (!form["grant_type"].ToString().StartsWith("access_token", StringComparison.Ordinal)) throw RegistryRefusal.Bad("grant_type must be one of access_token, access_token_refresh_token.");
        NeedService(call, form["service"]);

        var audiences = call.Registry.TakesArmTokens ? AllAudiences : OwnAudiences;
        var (claims, _, _) = entra.Check($"Bearer {form["access_token"]}", audiences);
        var who = (string?)claims?["oid"];
        if (who is null || rights.Of(call.Registry, who).Count == 0) throw RegistryRefusal.Unauthorized();

        await ErrorAnswer.WriteJsonAsync(call.Context, 200, new JsonObject { ["refresh_token"] = own.Refresh(call.Registry, who, call.TokenLifetime) });
    }

    /// <summary>An access token for what is asked and allowed.</summary>
    public async Task TokenAsync(RegistryCall call)
    {
        var form = call.Method == "POST" ? await FormAsync(call) : null;
        NeedService(call, form?["service"] ?? call.Request.Query["service"]);
        var who = form is null ? Basic(call) : ByForm(call, form);
        if (who is null && !call.Registry.AnonymousPull) throw RegistryRefusal.Unauthorized();

        var scopes = (form?["scope"] ?? call.Request.Query["scope"]).SelectMany(text => (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var allowed = RightsOf(call.Registry, who);
        var grants = scopes.Select(RegistryGrant.Parse).OfType<RegistryGrant>().Select(scope => scope.Within(allowed)).Where(grant => grant.Actions.Count > 0);
        var answer = new JsonObject { ["access_token"] = own.Access(call.Registry, who ?? "", grants, call.TokenLifetime) };
        if (who is not null && call.Query("offline_token") == "true" && User(call)?.Name == Nobody) answer["refresh_token"] = own.Refresh(call.Registry, who, call.TokenLifetime);
        await ErrorAnswer.WriteJsonAsync(call.Context, 200, answer);
    }

    /// <summary>What the one who asks may do; null when nobody signed in.</summary>
    public IReadOnlyList<RegistryGrant>? Grants(RegistryCall call)
    {
        var header = call.Request.Headers.Authorization.ToString();
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return own.Grants(call.Registry, header["Bearer ".Length..].Trim());
        if (Basic(call) is not { } who) return null;

        var allowed = RightsOf(call.Registry, who);
        return [RegistryGrant.Of(RegistryGrant.Any, RegistryGrant.Any).Within(allowed), RegistryGrant.Catalog.Within(allowed)];
    }

    private IReadOnlySet<string> RightsOf(RegistryAccount registry, string? who) => who switch
    {
        null => RegistryRights.PullOnly,
        Admin => RegistryRights.All,
        _ => rights.Of(registry, who),
    };

    private string? ByForm(RegistryCall call, IFormCollection form) => form["grant_type"].ToString() switch
    {
        "refresh_token" => own.Who(call.Registry, form["refresh_token"].ToString()) ?? throw RegistryRefusal.Unauthorized(),
        "password" => Known(call.Registry, (form["username"].ToString(), form["password"].ToString())),
        var other => throw RegistryRefusal.Bad($"grant_type '{other}' is none of refresh_token, password."),
    };

    private string? Basic(RegistryCall call) => User(call) is { } user ? Known(call.Registry, user) : null;

    /// <summary>The principal behind a name and a password.</summary>
    private string Known(RegistryAccount registry, (string Name, string Password) user)
    {
        if (user.Name == Nobody) return own.Who(registry, user.Password) ?? throw RegistryRefusal.Unauthorized();
        if (user.Name.Equals(registry.Name, StringComparison.OrdinalIgnoreCase) && registry.Passwords.Contains(user.Password, StringComparer.Ordinal)) return Admin;

        var application = applications.Find(user.Name);
        if (application?.Takes(user.Password) != true) throw RegistryRefusal.Unauthorized();
        return rights.Of(registry, application.Principal.ObjectId).Count > 0 ? application.Principal.ObjectId : throw RegistryRefusal.Unauthorized();
    }

    private static (string Name, string Password)? User(RegistryCall call)
    {
        var header = call.Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)) return null;

        var bytes = new byte[header.Length];
        if (!Convert.TryFromBase64String(header["Basic ".Length..].Trim(), bytes, out var length)) throw RegistryRefusal.Unauthorized();
        return Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [var name, var password] ? (name, password) : throw RegistryRefusal.Unauthorized();
    }

    private static void NeedService(RegistryCall call, StringValues service)
    {
        if (!call.Registry.Host.Equals(service, StringComparison.OrdinalIgnoreCase)) throw RegistryRefusal.Bad($"service '{service}' is not {call.Registry.Host}.");
    }

    private static async Task<IFormCollection> FormAsync(RegistryCall call) =>
        call.Request.HasFormContentType ? await call.Request.ReadFormAsync(call.Cancel) : FormCollection.Empty;
}
