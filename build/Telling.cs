using Cake.Core;
using DssPipeline.Chapters;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Build;

/// <summary>Where, in which language and in which colours a run is told: on standard output, or beside it when standard output belongs to a document.</summary>
internal sealed class Telling
{
    public Telling(RunSettings settings, Redactor redactor)
    {
        var vendor = Vendor.Of(Environment.GetEnvironmentVariable);
        var raw = settings.HandsOutDocument ? Console.Error : Console.Out;
        Writer = Disarmed(raw, vendor);
        Style = Style.Fitting(Environment.GetEnvironmentVariable, !vendor.ShowsColours && (settings.HandsOutDocument ? Console.IsErrorRedirected : Console.IsOutputRedirected));
        Ci = new CiSystem(vendor, raw, redactor);
        Ci.MaskAll();
        Audience = new Terminal(Writer, Style, TimeProvider.System, redactor) { Ci = Ci };
        Papers = new Papers(settings.Options, Disarmed(Console.Out, vendor), redactor);
    }

    public CiSystem Ci { get; }

    public Audience Audience { get; }

    public Papers Papers { get; }

    public Headings Headings => new(Audience, Style);

    /// <summary>A console for Cake itself; null when its own will do.</summary>
    public IConsole? CakeConsole => Writer != Console.Out || Style == Style.Plain ? new PlainConsole(Writer) : null;

    private TextWriter Writer { get; }

    private Style Style { get; }

    private static TextWriter Disarmed(TextWriter writer, Vendor vendor) => vendor is PlainVendor ? writer : new DisarmedWriter(writer, vendor);
}
