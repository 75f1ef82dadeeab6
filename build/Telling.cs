using Cake.Core;
using DssPipeline.Chapters;
using DssPipeline.Convergence;

namespace DssPipeline.Build;

/// <summary>Where a run is told: on standard output, or beside it when standard output belongs to a document.</summary>
internal static class Telling
{
    public static Audience Audience(RunSettings settings)
    {
        var aside = settings.HandsOutDocument;
        var style = Style.Fitting(Environment.GetEnvironmentVariable, aside ? Console.IsErrorRedirected : Console.IsOutputRedirected);
        return new Terminal(aside ? Console.Error : Console.Out, style, TimeProvider.System);
    }

    public static Papers Papers(RunSettings settings) => new(settings.Options, Console.Out);

    /// <summary>Cake's own console, when standard output belongs to a document.</summary>
    public static IConsole Aside => new AsideConsole();

    private sealed class AsideConsole : IConsole
    {
        public ConsoleColor ForegroundColor { get; set; }

        public ConsoleColor BackgroundColor { get; set; }

        public bool SupportAnsiEscapeCodes => false;

        public void Write(string format, params object[] arg) => Console.Error.Write(format, arg);

        public void WriteLine(string format, params object[] arg) => Console.Error.WriteLine(format, arg);

        public void WriteError(string format, params object[] arg) => Console.Error.Write(format, arg);

        public void WriteErrorLine(string format, params object[] arg) => Console.Error.WriteLine(format, arg);

        public void ResetColor()
        {
            // Nothing is coloured here.
        }
    }
}
