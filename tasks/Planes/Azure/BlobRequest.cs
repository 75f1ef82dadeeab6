namespace DssPipeline.Planes;

/// <summary>One request about a blob. Every kind that is sent here may be sent twice without harm.</summary>
internal sealed record BlobRequest(HttpMethod Method, BlobAddress Blob, string Query, params IReadOnlyList<(string Name, string Value)> Headers);
