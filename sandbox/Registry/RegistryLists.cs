using System.Globalization;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>The repositories of a registry and the tags of a repository, page by page.</summary>
internal sealed class RegistryLists(RegistryStore store)
{
    private const int PageSize = 100;

    public Task CatalogAsync(RegistryCall call)
    {
        IReadOnlyList<string> names;
        lock (store.Gate) names = store.Names(call.Registry);
        return AnswerAsync(call, "/v2/_catalog", names, page => new JsonObject { ["repositories"] = page });
    }

    public Task TagsAsync(RegistryCall call, string repository)
    {
        StoredRepository held;
        lock (store.Gate) held = store.Open(call.Registry, repository);
        if (held.Manifests.Count == 0) throw RegistryRefusal.NoRepository(repository);
        return AnswerAsync(call, $"/v2/{repository}/tags/list", [.. held.Tags.Keys], page => new JsonObject { ["name"] = repository, ["tags"] = page });
    }

    private static Task AnswerAsync(RegistryCall call, string path, IReadOnlyList<string> names, Func<JsonArray, JsonObject> form)
    {
        if (!call.IsRead) throw RegistryRefusal.Unsupported();
        var size = int.TryParse(call.Query("n"), NumberStyles.None, CultureInfo.InvariantCulture, out var wished) && wished > 0 ? wished : PageSize;
        var last = call.Query("last");
        var rest = names.Where(name => last is null || string.CompareOrdinal(name, last) > 0).ToList();
        var page = rest.Take(size).ToList();
        if (rest.Count > page.Count) call.Response.Headers.Link = $"<{call.Address(path)}?last={Uri.EscapeDataString(page[^1])}&n={size}&orderby=>; rel=\"next\"";
        return ErrorAnswer.WriteJsonAsync(call.Context, 200, form(new JsonArray([.. page.Select(name => JsonValue.Create(name))])));
    }
}
