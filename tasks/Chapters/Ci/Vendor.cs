using System.Text.Json.Nodes;

namespace DssPipeline.Chapters;

/// <summary>The language of the system that a run is told in: lines of its log that are commands, and how outputs and a summary are handed to it.</summary>
public abstract class Vendor
{
    /// <summary>Whether the log shows colours although it is no terminal.</summary>
    public abstract bool ShowsColours { get; }

    /// <summary>The vendor whose environment this is; the plain one when nothing says so.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    public static Vendor Of(Func<string, string?> variable) =>
        Says(variable("GITHUB_ACTIONS")) ? new GitHubActions(variable)
        : Says(variable("TF_BUILD")) ? new AzurePipelines(variable)
        : new PlainVendor();

    /// <summary>The line that begins a group which can be folded; null where there are none.</summary>
    public abstract string? Open(string title);

    /// <summary>The line that ends a group.</summary>
    public abstract string? Close();

    /// <summary>The line that hides a text from the log, in all that is printed after it.</summary>
    public abstract string? Mask(string text);

    /// <summary>The line that shows a note beside the code.</summary>
    public abstract string? Annotate(Annotation annotation);

    /// <summary>The line that moves the progress bar of the step.</summary>
    public abstract string? Progress(int percent, string words);

    /// <summary>A line of text that the vendor would otherwise take for a command.</summary>
    public abstract string Disarm(string line);

    /// <summary>Hands over one output of the step.</summary>
    public abstract void Output(TextWriter log, string name, string value);

    /// <summary>Hands over the Markdown that is shown on the page of the run.</summary>
    public abstract void Summary(TextWriter log, string markdown);

    /// <summary>The jobs of one ring, as this vendor takes them.</summary>
    public virtual JsonObject Matrix(Ring ring) => FleetJson.GitHub(ring);

    private static bool Says(string? value) => string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);
}
