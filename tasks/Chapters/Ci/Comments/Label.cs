using System.Text.RegularExpressions;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>What tells the environments of one repository apart, in comments and issues, and the hidden marker made of it.</summary>
public sealed partial record Label
{
    private Label(string name) => Name = name;

    public string Name { get; }

    /// <summary>First line of everything that is kept up to date for this label. Nobody sees it.</summary>
    public string Marker => $"<!-- dss-pipeline:{Name} -->";

    /// <exception cref="ProblemException">The name could end the marker, or start something else.</exception>
    public static Label Of(string name) => Form().IsMatch(name) ? new(name) : throw new ProblemException(Wrong(name));

    /// <summary>Why a name is no label; null when it is one.</summary>
    public static Problem? ProblemWith(string name) => Form().IsMatch(name) ? null : Wrong(name);

    /// <summary>Whether a text is kept up to date for this label: a text that only quotes the marker is not.</summary>
    public bool Heads(string text) => text.AsSpan().TrimStart('\uFEFF').StartsWith(Marker, StringComparison.Ordinal);

    private static Problem Wrong(string name) => new(
        "Label badly formed",
        $"\"{name}\" cannot be a label. It must be 1 to 100 letters, digits and single . _ - / or blanks between them, such as prod or emea/prod.");

    [GeneratedRegex(@"^(?=.{1,100}$)[A-Za-z0-9]+([._/ -][A-Za-z0-9]+)*\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();
}
