namespace DssPipeline.Planes.Tests;

/// <summary>A request as it came over the wire.</summary>
/// <param name="Target">Path and query, byte for byte.</param>
internal sealed record Asked(string Method, string Target, string Body, IReadOnlyDictionary<string, string> Headers, string Connection)
{
    public string Line => $"{Method} {Target}";
}
