namespace DssPipeline.Pipelines.Tests;

/// <summary>A table as the pages hold it.</summary>
internal static class MarkdownTable
{
    public static string Of(IReadOnlyList<string> columns, IEnumerable<IEnumerable<string>> rows) =>
        string.Concat(rows.Prepend(columns.Select(_ => "---")).Prepend(columns).Select(row => $"| {string.Join(" | ", row)} |\n"));

    public static string Code(string text) => $"`{text}`";

    /// <summary>A description, whatever it is written in.</summary>
    public static string Text(object? description) => $"{description}".Replace("|", "\\|", StringComparison.Ordinal).TrimEnd('.');
}
