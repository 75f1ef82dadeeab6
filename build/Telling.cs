using Cake.Core;
using DssPipeline.Chapters;
using DssPipeline.Convergence;
using DssPipeline.Planes;
using Spectre.Console;
using Style = DssPipeline.Convergence.Style;

namespace DssPipeline.Build;

/// <summary>Where, in which language and in which colours a run is told: on standard output, or beside it when standard output belongs to a document.</summary>
internal sealed class Telling
{
    private readonly TextWriter writer;
    private readonly Style style;

    public Telling(RunSettings settings, Redactor redactor)
        : this(settings, redactor, Vendor.Of(Environment.GetEnvironmentVariable), settings.HandsOutDocument ? Console.Error : Console.Out)
    {
    }

    private Telling(RunSettings settings, Redactor redactor, Vendor vendor, TextWriter raw)
        : this(settings, redactor, vendor, raw, IsWatched(settings, vendor) ? new LiveView(AnsiConsole.Console, TimeProvider.System) : Disarmed(raw, vendor))
    {
    }

    private Telling(RunSettings settings, Redactor redactor, Vendor vendor, TextWriter raw, TextWriter writer)
    {
        this.writer = writer;
        (Vendor, Raw) = (vendor, raw);
        style = Style.Fitting(Environment.GetEnvironmentVariable, !vendor.ShowsColours && (settings.HandsOutDocument ? Console.IsErrorRedirected : Console.IsOutputRedirected));
        Ci = new CiSystem(vendor, raw, redactor);
        Ci.MaskAll();
        Audience = new Terminal(writer, style, TimeProvider.System, redactor) { Ci = Ci, Live = writer as LiveView };
        Papers = new Papers(settings.Options, Disarmed(Console.Out, vendor), redactor);
    }

    public CiSystem Ci { get; }

    public Audience Audience { get; }

    public Papers Papers { get; }

    public Headings Headings => new(Audience, style);

    /// <summary>A console for Cake itself; null when its own will do.</summary>
    public IConsole? CakeConsole => writer != Console.Out || style == Style.Plain ? new PlainConsole(writer) : null;

    private Vendor Vendor { get; }

    private TextWriter Raw { get; }

    /// <summary>Takes away what moves and prints what waits for the end of its line, whatever the run came to.</summary>
    public void End()
    {
        (writer as LiveView)?.End();
        writer.Flush();
    }

    /// <summary>How a member of a fleet is told: into a text of its own, which the fleet shows when it has ended.</summary>
    public Telling Within(RunSettings member, Redactor redactor, TextWriter text) => new(member, redactor, new MemberVendor(Vendor), Raw, text);

    /// <summary>Whether a person looks at a terminal that can move its cursor.</summary>
    private static bool IsWatched(RunSettings settings, Vendor vendor) =>
        vendor is PlainVendor && !settings.HandsOutDocument && !settings.OnlyTells && !settings.IsFleet && !Console.IsOutputRedirected
        && Style.Fitting(Environment.GetEnvironmentVariable, redirected: false) == Style.Coloured
        && AnsiConsole.Profile.Capabilities is { Ansi: true, Interactive: true };

    private static TextWriter Disarmed(TextWriter writer, Vendor vendor) => vendor is PlainVendor ? writer : new DisarmedWriter(writer, vendor);
}
