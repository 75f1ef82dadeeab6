using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace DssPipeline.Sandbox;

/// <summary>One request to the blob service, with its headers read and checked.</summary>
internal sealed record BlobCall(HttpRequest Request, string Account, string Container, string Blob, byte[] Body, DateTimeOffset Now)
{
    public string? LeaseId => GuidHeader("x-ms-lease-id");

    public string? Header(string name) => Request.Headers[name].FirstOrDefault();

    public string Required(string name) => Header(name) ?? throw BlobRefusal.MissingHeader(name);

    /// <summary>A header that must be a guid, in the one form the service answers with.</summary>
    public string? GuidHeader(string name)
    {
        if (Header(name) is not { } text) return null;
        return Guid.TryParse(text, out var id) ? id.ToString() : throw BlobRefusal.InvalidHeader(name);
    }

    public int? NumberHeader(string name)
    {
        if (Header(name) is not { } text) return null;
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw BlobRefusal.InvalidHeader(name);
    }

    public IReadOnlyDictionary<string, string> Metadata() => Request.Headers
        .Where(header => header.Key.StartsWith("x-ms-meta-", StringComparison.OrdinalIgnoreCase))
        .ToDictionary(header => header.Key["x-ms-meta-".Length..], header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
}
