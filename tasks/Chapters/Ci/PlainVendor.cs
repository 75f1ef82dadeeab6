namespace DssPipeline.Chapters;

/// <summary>A terminal, or a system that nobody taught us: it takes no commands.</summary>
public class PlainVendor : Vendor
{
    public override bool ShowsColours => false;

    public override string? Open(string title) => null;

    public override string? Close() => null;

    public override string? Mask(string text) => null;

    public override string? Annotate(Annotation annotation) => null;

    public override string? Progress(int percent, string words) => null;

    public override string Disarm(string line) => line;

    public override void Output(TextWriter log, string name, string value)
    {
        // Nobody takes it.
    }

    public override void Summary(TextWriter log, string markdown)
    {
        // Nobody shows it.
    }
}
