using System.Collections.Concurrent;
using Azure.Core;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>The tokens of registries: one of Entra is exchanged for one that says who, and that for one that says what may be done.</summary>
internal sealed class RegistryTokens(AzureEndpoints endpoints, SharedCredential credential, Redactor redactor, Func<HttpRequestMessage, CancellationToken, Task<RegistryAnswer>> send)
{
    private static readonly TokenRequestContext Scope = new(["https://containerregistry.azure.net/.default"]);

    private readonly ConcurrentDictionary<string, string> refresh = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<(string Registry, string Scope), string> access = new();

    /// <summary>The token for a request, or the answer that refused it.</summary>
    public async Task<(string? Token, RegistryAnswer? Refusal)> ForAsync(RegistryRequest request, CancellationToken cancel)
    {
        if (access.TryGetValue(Key(request), out var kept)) return (kept, null);
        if (!refresh.TryGetValue(request.Registry, out var who))
        {
            var exchanged = await WhoAsync(request, cancel);
            if (exchanged.Token is null) return exchanged;
            refresh[request.Registry] = who = exchanged.Token;
        }

        var given = await AskAsync(request, "token", "access_token", [("grant_type", "refresh_token"), ("refresh_token", who), ("scope", request.Scope)], cancel);
        if (given.Token is not null) access[Key(request)] = given.Token;
        return given;
    }

    /// <summary>A fresh token that says who this run is, or the answer that refused it.</summary>
    public async Task<(string? Token, RegistryAnswer? Refusal)> WhoAsync(RegistryRequest request, CancellationToken cancel)
    {
        var entra = await credential.GetTokenAsync(Scope, cancel);
        return await AskAsync(request, "exchange", "refresh_token", [("grant_type", "access_token"), ("access_token", entra.Token)], cancel);
    }

    /// <summary>Drops every token of a registry, because it refused one.</summary>
    public void Forget(RegistryRequest request)
    {
        refresh.TryRemove(request.Registry, out _);
        foreach (var key in access.Keys.Where(key => key.Registry == Key(request).Registry)) access.TryRemove(key, out _);
        credential.Forget();
    }

    private async Task<(string? Token, RegistryAnswer? Refusal)> AskAsync(RegistryRequest request, string what, string field, IEnumerable<(string Name, string Value)> form, CancellationToken cancel)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, $"{Address(request.Registry)}/oauth2/{what}");
        message.Content = new FormUrlEncodedContent(form.Append((Name: "service", Value: request.Service)).Select(part => KeyValuePair.Create(part.Name, part.Value)));
        var answer = await send(message, cancel);
        if (answer.Error is not null) return (null, answer with { AtTheDoor = true });

        var token = Pointer.Member(answer.Body, field) is { } value ? redactor.Add(new Secret(value.ToString())).Reveal() : null;
        return (token, token is null ? answer with { Error = new(answer.Status, "NoToken", $"The answer to {what} has no {field}.") } : null);
    }

    private string Address(string registry) => endpoints.Registry.Replace("{name}", registry, StringComparison.Ordinal);

    private static (string Registry, string Scope) Key(RegistryRequest request) => (request.Registry.ToLowerInvariant(), request.Scope);
}
