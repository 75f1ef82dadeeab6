namespace DssPipeline.Chapters;

/// <summary>The workflow commands and environment files of GitHub Actions.</summary>
public sealed class GitHubActions(Func<string, string?> variable) : Vendor
{
    public override bool ShowsColours => true;

    public override string? Open(string title) => $"::group::{Data(title)}";

    public override string? Close() => "::endgroup::";

    public override string? Mask(string text) => $"::add-mask::{Data(text)}";

    public override string? Annotate(Annotation annotation)
    {
        var level = annotation.IsError ? "error" : "warning";
        var place = annotation.Source is { } file ? $"file={Property(WithinWorkspace(file))},{(annotation.Line > 0 ? $"line={annotation.Line},col={annotation.Column}," : "")}" : "";
        return $"::{level} {place}title={Property(annotation.Title)}::{Data(annotation.Text)}";
    }

    public override string? Progress(int percent, string words) => null;

    // A command begins its line; the older form is read anywhere in it.
    public override string Disarm(string line)
    {
        var start = line.Length - line.TrimStart().Length;
        var harmless = line.AsSpan(start).StartsWith("::", StringComparison.Ordinal) ? line.Insert(start + 1, " ") : line;
        return harmless.Replace("##[", "# #[", StringComparison.Ordinal);
    }

    public override void Output(TextWriter log, string name, string value)
    {
        if (variable("GITHUB_OUTPUT") is not { Length: > 0 } file) return;

        // A delimiter that nobody can foresee: no value can end itself and begin another output.
        var end = $"end-{Guid.NewGuid():N}";
        File.AppendAllText(file, value.Contains('\n', StringComparison.Ordinal) ? $"{name}<<{end}\n{value}\n{end}\n" : $"{name}={value}\n");
    }

    public override void Summary(TextWriter log, string markdown)
    {
        if (variable("GITHUB_STEP_SUMMARY") is { Length: > 0 } file) File.AppendAllText(file, markdown);
    }

    /// <summary>GitHub finds files by their way from the root of the repository.</summary>
    private string WithinWorkspace(string file)
    {
        if (variable("GITHUB_WORKSPACE") is not { Length: > 0 } root) return file;

        var relative = Path.GetRelativePath(root, Path.GetFullPath(file));
        return relative.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(relative) ? file : relative.Replace('\\', '/');
    }

    private static string Data(string text) => text.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) => Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
