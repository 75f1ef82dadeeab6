namespace DssPipeline.Convergence;

/// <summary>An error told well: what, where, why and what next.</summary>
/// <param name="Summary">Fixed words without names, so that it becomes familiar and can be looked up in docs/errors.md.</param>
/// <param name="Detail">Sentences: what and where, why it matters, what to do.</param>
public sealed record Problem(string Summary, string Detail)
{
    /// <summary>Where it was caused, as <c>file:line:column</c>, when it came from a file.</summary>
    public string? Place { get; init; }

    /// <summary>A command to copy, on a line of its own.</summary>
    public string? Command { get; init; }

    /// <summary>Where to read on.</summary>
    public string? Link { get; init; }

    /// <summary>The remote's correlation id, which its support asks for.</summary>
    public string? Correlation { get; init; }

    public override string ToString() => Place is null ? $"{Summary}: {Detail}" : $"{Place}: {Summary}: {Detail}";
}
