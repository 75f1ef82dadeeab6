using Cake.Core;
using DssPipeline.Chapters;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Build;

/// <summary>Where and in which colours a run is told: on standard output, or beside it when standard output belongs to a document.</summary>
internal sealed class Telling(RunSettings settings, Redactor redactor)
{
    private TextWriter Writer => settings.HandsOutDocument ? Console.Error : Console.Out;

    private bool IsPlain => settings.HandsOutDocument ? Console.IsErrorRedirected : Console.IsOutputRedirected;

    private Style Style => Style.Fitting(Environment.GetEnvironmentVariable, IsPlain);

    public Audience Audience => new Terminal(Writer, Style, TimeProvider.System, redactor);

    public Headings Headings => new(Writer, Style);

    public Papers Papers => new(settings.Options, Console.Out, redactor);

    /// <summary>A console for Cake itself; null when its own will do.</summary>
    public IConsole? CakeConsole => settings.HandsOutDocument || Style == Style.Plain ? new PlainConsole(Writer) : null;
}
