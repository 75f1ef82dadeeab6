using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace DssPipeline.Sandbox;

/// <summary>A whole answer held in memory, so that it can be logged before it is sent, kept for later or thrown away.</summary>
internal sealed record Answer(int Status, IReadOnlyDictionary<string, string?[]> Headers, byte[] Body)
{
    /// <summary>Writes what comes after the body, for as long as it takes; null when nothing does.</summary>
    public Func<HttpContext, Task>? Rest { get; private init; }

    public static async Task<Answer> TakeAsync(HttpContext context, Func<Task> serve)
    {
        var wire = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var body = new MemoryStream();
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body));
        try
        {
            await serve();
            await context.Response.BodyWriter.FlushAsync();
        }
        finally
        {
            context.Features.Set(wire);
        }

        var headers = context.Response.Headers.ToDictionary(header => header.Key, header => header.Value.ToArray(), StringComparer.OrdinalIgnoreCase);
        return new Answer(context.Response.StatusCode, headers, body.ToArray()) { Rest = context.Features.Get<EndlessBody>()?.WriteAsync };
    }

    /// <summary>Ends a request as its faults want it: whole, half, or not at all where there is no answer.</summary>
    public static async Task EndAsync(HttpContext context, Answer? answer)
    {
        if (answer is null) context.Abort();
        else if (context.Features.Get<MetFaults>()?.Of(FaultKind.Cut) is not null) await answer.SendHalfAsync(context);
        else await answer.SendAsync(context);
    }

    /// <summary>Sends the head and half of the body, then breaks the connection.</summary>
    public async Task SendHalfAsync(HttpContext context)
    {
        Head(context);
        context.Response.ContentLength = Body.Length;
        await context.Response.Body.WriteAsync(Body.AsMemory(0, Body.Length / 2), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        context.Abort();
    }

    public async Task SendAsync(HttpContext context)
    {
        Head(context);
        if (Status is StatusCodes.Status204NoContent or StatusCodes.Status304NotModified) return;

        // A HEAD tells the length of the body it does not send, which its handler has set.
        if (!HttpMethods.IsHead(context.Request.Method) && Rest is null) context.Response.ContentLength = Body.Length;
        if (Body.Length > 0) await context.Response.Body.WriteAsync(Body, context.RequestAborted);
        if (Rest is not null) await RestAsync(context);
    }

    private async Task RestAsync(HttpContext context)
    {
        await context.Response.Body.FlushAsync(context.RequestAborted);
        try
        {
            await Rest!(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has seen enough.
        }
    }

    private void Head(HttpContext context)
    {
        context.Response.Headers.Clear();
        foreach (var (name, values) in Headers) context.Response.Headers[name] = values;
        context.Response.StatusCode = Status;
    }
}

/// <summary>What an answer goes on with once its head is sent: a watch, a log that is followed.</summary>
internal sealed record EndlessBody(Func<HttpContext, Task> WriteAsync);
