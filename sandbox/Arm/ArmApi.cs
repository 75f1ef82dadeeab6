using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace DssPipeline.Sandbox;

/// <summary>The sandbox's Azure Resource Manager: answers every path below its endpoint.</summary>
public sealed class ArmApi(ArmStore store, TimeProvider clock, ArmOptions options)
{
    private static readonly JsonSerializerOptions Wire = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArmWorld world = new(store, clock, options);

    /// <summary>Serves one request; the caller has been authenticated, and claim <c>oid</c> of its principal names it.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var correlation = context.Request.Headers["x-ms-correlation-request-id"].ToString() is { Length: > 0 } given ? given : Guid.NewGuid().ToString();
        var (status, headers, body) = await AnswerAsync(context);

        var response = context.Response;
        response.StatusCode = status;
        response.Headers["x-ms-request-id"] = Guid.NewGuid().ToString();
        response.Headers["x-ms-correlation-request-id"] = correlation;
        response.Headers["x-ms-routing-request-id"] = $"SANDBOX:{clock.GetUtcNow():yyyyMMddTHHmmssZ}:{correlation}";
        response.Headers.CacheControl = "no-cache";
        var (bucket, left) = context.Request.Method switch { "GET" or "HEAD" => ("reads", 16499), "DELETE" => ("deletes", 11999), _ => ("writes", 11999) };
        response.Headers[$"x-ms-ratelimit-remaining-subscription-global-{bucket}"] = left.ToString();
        foreach (var (name, value) in headers) response.Headers[name] = value;
        if (HttpMethods.IsHead(context.Request.Method) || status == 204) return;

        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, context.RequestAborted);
    }

    internal void Boot()
    {
        lock (store.Gate) options.Machines?.Follow(world);
    }

    private async Task<(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body)> AnswerAsync(HttpContext context)
    {
        var isFlat = false;
        try
        {
            var request = await ReadAsync(context);
            isFlat = request.Id is { } id && ContractCatalog.Find(id.Type)?.Rules.FlatErrors == true;
            return Answer(request);
        }
        catch (ArmError error)
        {
            return Refusal(error, isFlat);
        }
    }

    /// <summary>One request at a time sees and changes the world; it takes microseconds, and what it changed survives as a whole.</summary>
    private (int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body) Answer(ArmRequest request)
    {
        lock (store.Gate)
        {
            try
            {
                world.Operations.BeginRequest();
                var answer = new ArmRouter(world).Answer(request);
                var type = answer.Body is not null ? "application/json; charset=utf-8" : answer.EmptyType;
                var headers = type is null ? answer.Headers : [.. answer.Headers, new("Content-Type", type)];
                return (answer.Status, headers, answer.Body is null ? [] : Encoding.UTF8.GetBytes(answer.Body.ToJsonString(Wire)));
            }
            finally
            {
                store.Commit();
            }
        }
    }

    private (int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body) Refusal(ArmError error, bool isFlat)
    {
        List<KeyValuePair<string, string>> headers = [new("Content-Type", "application/json; charset=utf-8")];
        if (error.FromGateway) headers.Add(new("x-ms-failure-cause", "gateway"));
        if (error.RetryAfter is { } seconds) headers.Add(new("Retry-After", Polling.Seconds(world, seconds)));
        return (error.Status, headers, Encoding.UTF8.GetBytes(error.Body(isFlat).ToJsonString(Wire)));
    }

    private static async Task<ArmRequest> ReadAsync(HttpContext context)
    {
        var http = context.Request;
        var (id, rest) = ArmId.Walk(http.Path.Value ?? "");
        return new()
        {
            Method = http.Method,
            Path = http.Path.Value ?? "",
            Id = id,
            Rest = [.. rest.Select(segment => segment.ToLowerInvariant())],
            Query = http.Query,
            Headers = http.Headers,
            Body = await BodyAsync(context),
            BaseUrl = $"{http.Scheme}://{http.Host}{http.PathBase}",
            Caller = context.User.FindFirst("oid")?.Value ?? "00000000-0000-0000-0000-000000000000",
        };
    }

    private static async Task<JsonNode?> BodyAsync(HttpContext context)
    {
        var http = context.Request;
        if (http.ContentLength is null or 0 && !http.Headers.ContainsKey("Transfer-Encoding")) return null;
        using var buffer = new MemoryStream();
        await http.Body.CopyToAsync(buffer, context.RequestAborted);
        if (buffer.Length == 0) return null;
        if (http.ContentType?.Contains("json", StringComparison.OrdinalIgnoreCase) != true) throw new ArmError(415, "UnsupportedMediaType", $"The content media type '{http.ContentType}' is not supported. Only 'application/json' is supported.") { FromGateway = true };

        try
        {
            return JsonNode.Parse(buffer.ToArray(), documentOptions: new() { AllowDuplicateProperties = false });
        }
        catch (JsonException problem)
        {
            throw BodyErrors.NotJson(problem.Message);
        }
    }
}
