using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Tests;

namespace DssPipeline.Chapters.Tests;

/// <summary>Somebody who works in DSS while a run does, in the same documents and over the same public API, at seeded requests of that run.</summary>
/// <remarks>
/// Never right before the write of a document that was looked at twice since anybody changed it: DSS has neither version nor lock, so an edit at that moment is gone,
/// nothing tells that it ever was, and no client can do better. Before a write that only one look went before, the document is edited like at any other request.
/// </remarks>
internal sealed class Somebody(int seed) : IDisposable
{
    /// <summary>How each of their secrets begins.</summary>
    public const string SecretPrefix = "hush";

    private const string Prefix = "/public/api/";

    private readonly Random chance = new(seed);
    private readonly SemaphoreSlim turn = new(1);
    private readonly Dictionary<(string Path, string Pointer), JsonNode?> left = [];
    private readonly Dictionary<string, string> secrets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> looks = [];
    private readonly List<string> lost = [];
    private HttpClient? client;
    private string? last;

    /// <summary>How many edits came between two requests of the run for the same document.</summary>
    public int Between { get; private set; }

    public int Edits { get; private set; }

    /// <summary>Their secrets, by the path of their document and their place in it.</summary>
    public IReadOnlyDictionary<string, string> Secrets => secrets;

    private int Number => chance.Next(1, 1000);

    /// <summary>Begins to work there.</summary>
    public void Enter(TestDss server)
    {
        client = new HttpClient { BaseAddress = server.Backend };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{server.AdminKey}:")));
    }

    /// <summary>A request of the run is about to be answered.</summary>
    public async Task MeetAsync(string method, string path)
    {
        if (client is null) return;

        await turn.WaitAsync();
        try
        {
            var document = path.StartsWith(Prefix, StringComparison.Ordinal) ? path[Prefix.Length..].TrimEnd('/') : "";
            // Mostly where the run is at work, else anywhere.
            var edit = Chapters.Tests.Edits.In(chance.Next(3) == 0 ? null : document, chance);
            var isTooLate = method != "GET" && edit?.Path == document && looks.GetValueOrDefault(document) >= 2;
            if (edit is not null && !isTooLate && chance.Next(3) == 0) await DoAsync(edit, document == edit.Path && last == document);
            looks[document] = method == "GET" ? looks.GetValueOrDefault(document) + 1 : 0;
            last = document;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Every edit that was or is no longer there as it was left.</summary>
    public async Task<IReadOnlyList<string>> LostAsync()
    {
        foreach (var path in left.Keys.Select(key => key.Path).Distinct()) Check(path, await ReadAsync(path));
        return lost;
    }

    public void Dispose()
    {
        client?.Dispose();
        turn.Dispose();
    }

    private async Task DoAsync(Edit edit, bool isBetween)
    {
        var before = await ReadAsync(edit.Path);
        Check(edit.Path, before);
        if (before is null && edit.Birth is null) return;

        var (method, at, sent) = before is null ? ("POST", edit.Birth!.Value.At, edit.Birth.Value.Body(Number)) : (edit.Method, edit.Path, before.DeepClone());
        if ((before is null ? "" : edit.Do((JsonObject)sent, Number, chance)) is not { } pointer) return;

        using var answer = await client!.SendAsync(new HttpRequestMessage(new HttpMethod(method), $"public/api/{at}") { Content = method is "DELETE" ? null : JsonContent.Create(sent) });
        Assert.True(answer.IsSuccessStatusCode, $"{method} {at}: {await answer.Content.ReadAsStringAsync()}");
        var shown = await ReadAsync(edit.Path);
        var after = method is "DELETE" ? null : At(sent, pointer);
        Leave(edit.Path, pointer, after is null, shown);
        Whisper($"{edit.Path}{pointer}", after);
        // What shows nothing new is no edit to anybody who looks.
        if (JsonNode.DeepEquals(before, shown)) return;

        looks[edit.Path] = 0;
        Edits++;
        Between += isBetween ? 1 : 0;
    }

    /// <summary>Remembers the secrets that were sent in plain text.</summary>
    private void Whisper(string place, JsonNode? sent)
    {
        foreach (var gone in secrets.Keys.Where(key => $"{key}/".StartsWith($"{place}/", StringComparison.Ordinal)).ToList()) secrets.Remove(gone);
        foreach (var (where, text) in KeptSecrets.Texts(sent, place).Where(text => text.Value.StartsWith(SecretPrefix, StringComparison.Ordinal))) secrets[where] = text;
    }

    /// <summary>Remembers the place as DSS shows it by now (a secret is encrypted), and what it lies in; what lay in it is gone.</summary>
    private void Leave(string path, string pointer, bool isRemoved, JsonObject? shown)
    {
        Assert.True(At(shown, pointer) is null == isRemoved, $"The sandbox did not take {path}{pointer}.");
        foreach (var key in left.Keys.Where(key => key.Path == path && $"{key.Pointer}/".StartsWith($"{pointer}/", StringComparison.Ordinal)).ToList()) left.Remove(key);
        left[(path, pointer)] = null;
        foreach (var key in left.Keys.Where(key => key.Path == path && $"{pointer}/".StartsWith($"{key.Pointer}/", StringComparison.Ordinal)).ToList()) left[key] = At(shown, key.Pointer)?.DeepClone();
    }

    private void Check(string path, JsonObject? document) =>
        lost.AddRange(left.Where(edit => edit.Key.Path == path && !JsonNode.DeepEquals(At(document, edit.Key.Pointer), edit.Value)).Select(edit => $"{path}{edit.Key.Pointer}: {Text(edit.Value)} became {Text(At(document, edit.Key.Pointer))}"));

    private static string Text(JsonNode? value) => value?.ToJsonString() ?? "nothing";

    private async Task<JsonObject?> ReadAsync(string path)
    {
        using var answer = await client!.GetAsync(new Uri($"public/api/{path}", UriKind.Relative));
        return answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<JsonObject>() : null;
    }

    /// <summary>Items of lists are known by their names.</summary>
    internal static JsonNode? At(JsonNode? root, string pointer) => pointer.Split('/').Skip(1).Select(Pointer.Unescape).Aggregate(root, (node, name) => node switch
    {
        JsonObject members => members[name],
        JsonArray items => items.FirstOrDefault(item => name == NameOf(item)),
        _ => null,
    });

    /// <summary>What an item of a list is known by.</summary>
    internal static string? NameOf(JsonNode? item) => item is JsonObject members ? (members["name"] ?? members["key"] ?? members["group"])?.ToString() : null;
}
