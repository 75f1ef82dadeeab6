namespace DssPipeline.Planes;

/// <summary>An error as a remote tells it, whatever shape it came in.</summary>
/// <param name="Status">HTTP status; 0 when no answer came.</param>
public sealed record RemoteError(int Status, string Code, string Message)
{
    /// <summary>More that the remote said, for rows of known problems to use in their words.</summary>
    public IReadOnlyDictionary<string, string> Facts { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public string? Correlation { get; init; }
}
