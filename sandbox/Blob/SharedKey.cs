using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DssPipeline.Sandbox;

/// <summary>The signature of a request with the key of a storage account.</summary>
internal static class SharedKey
{
    private static readonly string[] Standard = ["Content-Encoding", "Content-Language", "Content-Length", "Content-MD5", "Content-Type", "Date", "If-Modified-Since", "If-Match", "If-None-Match", "If-Unmodified-Since", "Range"];

    public static string Sign(HttpRequestMessage request, string account, string key)
    {
        var headers = request.Headers.Concat(request.Content?.Headers.AsEnumerable() ?? []).ToDictionary(header => header.Key, header => string.Join(',', header.Value), StringComparer.OrdinalIgnoreCase);
        if (request.Content is not null) headers["Content-Length"] = (request.Content.Headers.ContentLength ?? 0).ToString(CultureInfo.InvariantCulture);
        return Sign(request.Method.Method, headers, account, request.RequestUri!, key);
    }

    public static string Sign(string method, IReadOnlyDictionary<string, string> headers, string account, Uri where, string key)
    {
        var text = new StringBuilder(method).Append('\n');
        foreach (var name in Standard)
        {
            var value = headers.GetValueOrDefault(name) ?? "";
            text.Append(name == "Content-Length" && value == "0" ? "" : value).Append('\n');
        }

        foreach (var (name, value) in headers.Where(header => header.Key.StartsWith("x-ms-", StringComparison.OrdinalIgnoreCase)).OrderBy(header => header.Key.ToLowerInvariant(), StringComparer.Ordinal)) text.Append(CultureInfo.InvariantCulture, $"{name.ToLowerInvariant()}:{value.Trim()}\n");
        text.Append('/').Append(account).Append(where.AbsolutePath);
        foreach (var (name, value) in Query(where)) text.Append(CultureInfo.InvariantCulture, $"\n{name}:{value}");
        return Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(key), Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static IEnumerable<(string Name, string Value)> Query(Uri where) => where.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .Select(pair => (Name: Uri.UnescapeDataString(pair[0]).ToLowerInvariant(), Value: Uri.UnescapeDataString(pair.ElementAtOrDefault(1) ?? "")))
        .OrderBy(pair => pair.Name, StringComparer.Ordinal);
}
