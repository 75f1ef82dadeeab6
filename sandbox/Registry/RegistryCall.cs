using Microsoft.AspNetCore.Http;

namespace DssPipeline.Sandbox;

/// <summary>One request to one registry.</summary>
internal sealed record RegistryCall(HttpContext Context, RegistryAccount Registry, string Prefix)
{
    public HttpRequest Request => Context.Request;

    public HttpResponse Response => Context.Response;

    public string Method => Context.Request.Method;

    public bool IsRead => Method is "GET" or "HEAD";

    public CancellationToken Cancel => Context.RequestAborted;

    /// <summary>Where something of this registry is found, in the spelling in which it was asked.</summary>
    public string Address(string path) => $"{Prefix}{path}";

    public string? Query(string name) => Request.Query[name].FirstOrDefault() is { Length: > 0 } value ? value : null;

    /// <summary>How long tokens given in this request live, where a fault says so.</summary>
    public TimeSpan? TokenLifetime => Context.Features.Get<MetFaults>()?.Of(FaultKind.ShortToken) is { } rule ? rule.Duration ?? TimeSpan.FromSeconds(20) : null;

    /// <summary>What a client is told who must sign in for this.</summary>
    public string Challenge(RegistryGrant? wish, bool signedIn)
    {
        var text = $"Bearer realm=\"https://{Request.Host}{Prefix}/oauth2/token\",service=\"{Registry.Host}\"";
        if (wish is not null) text += $",scope=\"{wish}\"";
        return signedIn ? $"{text},error=\"insufficient_scope\"" : text;
    }

    public Task DoneAsync(int status, params (string Name, string Value)[] headers)
    {
        Response.StatusCode = status;
        foreach (var (name, value) in headers) Response.Headers[name] = value;
        Response.Headers.ContentLength = status == StatusCodes.Status204NoContent ? null : 0;
        return Task.CompletedTask;
    }
}
