using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace DssPipeline.Sandbox;

/// <summary>A file as a web server gives it: with its length, an ETag, and from any byte on.</summary>
internal sealed class ServedFile(byte[] bytes)
{
    private readonly EntityTagHeaderValue _tag = new($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]}\"");

    public async Task SendAsync(HttpContext context)
    {
        var headers = context.Response.GetTypedHeaders();
        headers.ETag = _tag;
        headers.LastModified = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
        context.Response.Headers.AcceptRanges = "bytes";
        context.Response.ContentType = "application/octet-stream";

        var (from, to) = Part(context.Request);
        if (from >= bytes.Length && bytes.Length > 0)
        {
            context.Response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
            headers.ContentRange = new ContentRangeHeaderValue(bytes.Length);
            return;
        }

        if (to - from < bytes.Length)
        {
            context.Response.StatusCode = StatusCodes.Status206PartialContent;
            headers.ContentRange = new ContentRangeHeaderValue(from, to - 1, bytes.Length);
        }

        context.Response.ContentLength = to - from;
        if (!HttpMethods.IsHead(context.Request.Method)) await context.Response.Body.WriteAsync(bytes.AsMemory((int)from, (int)(to - from)), context.RequestAborted);
    }

    // One range is answered; of several, or one for another version of the file, the whole file is sent.
    private (long From, long To) Part(HttpRequest request)
    {
        var wish = request.GetTypedHeaders();
        var stale = wish.IfRange?.EntityTag is { } tag && !tag.Compare(_tag, useStrongComparison: true);
        if (stale || wish.Range is not { Ranges: { Count: 1 } ranges }) return (0, bytes.Length);

        var range = ranges.Single();
        if (range.From is not { } from) return (Math.Max(0, bytes.Length - (range.To ?? 0)), bytes.Length);
        return (from, Math.Min(range.To + 1 ?? bytes.Length, bytes.Length));
    }
}
