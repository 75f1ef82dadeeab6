namespace DssPipeline.Sandbox;

/// <summary>A long task that failed, and the form in which a task of its kind says so.</summary>
internal sealed class DssTaskFailure(string code, string message, DssFailureForm form) : Exception(message)
{
    public string Code => code;

    /// <summary>What the task says besides its failure, such as the place of a log.</summary>
    public IReadOnlyDictionary<string, string> Facts { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public DssFailureForm Form => form;
}
