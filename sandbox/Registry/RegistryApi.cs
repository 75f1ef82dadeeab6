using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace DssPipeline.Sandbox;

/// <summary>The data plane of container registries, as docker and its kin speak to it.</summary>
internal sealed class RegistryApi(Registries registries, RegistryStore store, RegistrySignIn signIn, Func<HttpContext, bool> isFromMachine)
{
    private readonly RegistryBlobs _blobs = new(store);
    private readonly RegistryUploads _uploads = new(store);
    private readonly RegistryManifests _manifests = new(store);
    private readonly RegistryLists _lists = new(store);

    public async Task HandleAsync(HttpContext context)
    {
        context.Response.Headers["Docker-Distribution-Api-Version"] = "registry/2.0";
        context.Response.Headers["x-ms-correlation-request-id"] = Guid.NewGuid().ToString();

        // Layers are larger than what a web server takes unasked.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = null;
        try
        {
            await ServeAsync(context);
        }
        catch (RegistryRefusal refusal)
        {
            await refusal.WriteAsync(context);
        }
    }

    private Task ServeAsync(HttpContext context)
    {
        var (name, path) = TenantName.Of(context.Request, Registries.Suffix);
        var registry = registries.Find(name) ?? throw RegistryRefusal.NoRegistry(name);
        var byName = context.Request.Host.Host.EndsWith(Registries.Suffix, StringComparison.OrdinalIgnoreCase);
        var call = new RegistryCall(context, registry, byName ? "" : $"/{name}");
        if (registry.IsClosed && !isFromMachine(context))
        {
            throw new RegistryRefusal(403, "DENIED", $"client with IP '{context.Connection.RemoteIpAddress}' is not allowed access. Refer https://aka.ms/acr/firewall to grant access.");
        }

        store.Claim(registry);
        return path switch
        {
            ["oauth2", "exchange"] => signIn.ExchangeAsync(call),
            ["oauth2", "token"] => signIn.TokenAsync(call),
            ["v2", .. var rest] => ContentAsync(call, rest),
            _ => throw RegistryRefusal.NotFound(),
        };
    }

    private Task ContentAsync(RegistryCall call, string[] path)
    {
        var grants = signIn.Grants(call);
        switch (path)
        {
            case []:
                if (grants is null) throw Closed(call, wish: null, signedIn: false);
                return ErrorAnswer.WriteJsonAsync(call.Context, 200, new System.Text.Json.Nodes.JsonObject());
            case ["_catalog"]:
                Need(RegistryGrant.Catalog);
                return _lists.CatalogAsync(call);
            case [.. var name, "tags", "list"]:
                if (!Allows(Of(name, "pull"))) Need(Of(name, "metadata_read"));
                return _lists.TagsAsync(call, string.Join('/', name));
            case [.. var name, "blobs", "uploads"] when call.Method == "POST":
                Need(Of(name, "pull", "push"));
                return _uploads.BeginAsync(call, string.Join('/', name), Allows);
            case [.. var name, "blobs", "uploads", var id]:
                Need(Of(name, "pull", "push"));
                return _uploads.ServeAsync(call, string.Join('/', name), id);
            case [.. var name, "blobs", var digest]:
                Need(Of(name, Actions(call)));
                return _blobs.ServeAsync(call, string.Join('/', name), digest);
            case [.. var name, "manifests", var reference]:
                Need(Of(name, Actions(call)));
                return _manifests.ServeAsync(call, string.Join('/', name), reference);
            default:
                throw RegistryRefusal.NotFound();
        }

        bool Allows(RegistryGrant wish) => grants?.Any(grant => grant.Covers(wish)) == true;

        void Need(RegistryGrant wish)
        {
            if (!Allows(wish)) throw Closed(call, wish, grants is not null);
        }
    }

    private static string[] Actions(RegistryCall call) => call.Method switch
    {
        "GET" or "HEAD" => ["pull"],
        "DELETE" => ["delete"],
        _ => ["pull", "push"],
    };

    private static RegistryGrant Of(string[] name, params string[] actions)
    {
        var repository = string.Join('/', name);
        return RegistryNames.IsRepository(repository) ? RegistryGrant.Of(repository, actions) : throw new RegistryRefusal(400, "NAME_INVALID", "invalid repository name", repository);
    }

    private static RegistryRefusal Closed(RegistryCall call, RegistryGrant? wish, bool signedIn) =>
        new(401, "UNAUTHORIZED", RegistryRefusal.SignInFirst, wish is null ? null : new System.Text.Json.Nodes.JsonArray([.. wish.Actions.Select(action => new System.Text.Json.Nodes.JsonObject { ["Type"] = wish.Kind, ["Name"] = wish.Name, ["Action"] = action })]))
        {
            Challenge = call.Challenge(wish, signedIn),
        };
}
