using System.Text.Json.Nodes;

namespace DssPipeline.Chapters;

/// <summary>The logging commands of Azure Pipelines.</summary>
public sealed class AzurePipelines(Func<string, string?> variable) : Vendor
{
    public override bool ShowsColours => true;

    public override string? Open(string title) => $"##[group]{Data(title)}";

    public override string? Close() => "##[endgroup]";

    public override string? Mask(string text) => $"##vso[task.setsecret]{Data(text)}";

    public override string? Annotate(Annotation annotation)
    {
        var level = annotation.IsError ? "error" : "warning";
        var place = annotation.Source is { } file ? $"sourcepath={Property(Path.GetFullPath(file))};{(annotation.Line > 0 ? $"linenumber={annotation.Line};columnnumber={annotation.Column};" : "")}" : "";
        return $"##vso[task.logissue type={level};{place}]{Data($"{annotation.Title}: {annotation.Text}")}";
    }

    public override string? Progress(int percent, string words) => $"##vso[task.setprogress value={percent};]{Data(words)}";

    // Commands are read anywhere in a line.
    public override string Disarm(string line) => line.Replace("##vso[", "# #vso[", StringComparison.OrdinalIgnoreCase).Replace("##[", "# #[", StringComparison.Ordinal);

    public override void Output(TextWriter log, string name, string value) => log.WriteLine($"##vso[task.setvariable variable={Property(Camel(name))};isOutput=true]{Data(value)}");

    public override void Summary(TextWriter log, string markdown)
    {
        // The agent fetches the file when the step has ended, so it has to stay.
        var file = Path.Combine(variable("AGENT_TEMPDIRECTORY") ?? Path.GetTempPath(), $"dss-pipeline-{Guid.NewGuid():N}.md");
        File.WriteAllText(file, markdown);
        log.WriteLine($"##vso[task.uploadsummary]{Data(file)}");
    }

    public override JsonObject Matrix(Ring ring) => FleetJson.Azure(ring);

    // Names of variables are letters and digits here, and a task declares no others: to-create is toCreate.
    private static string Camel(string name) => string.Concat(name.Split('-').Select((word, place) => place == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));

    private static string Data(string text) => text.Replace("%", "%AZP25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) => Data(text).Replace("]", "%5D", StringComparison.Ordinal).Replace(";", "%3B", StringComparison.Ordinal);
}
