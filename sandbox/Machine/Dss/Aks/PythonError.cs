namespace DssPipeline.Sandbox;

/// <summary>What the Python of the plugin would have raised.</summary>
internal sealed class PythonError(string type, string message) : Exception(message)
{
    public static PythonError Plain(string message) => new("Exception", message);

    /// <summary>The error code of Azure, where it said one.</summary>
    public string? Code { get; init; }

    public int Status { get; init; }

    /// <summary>As DSS tells it.</summary>
    public string Told => $"<class '{type}'>: {Message}";
}
