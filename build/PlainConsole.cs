using Cake.Core;

namespace DssPipeline.Build;

/// <summary>Cake's console without colours, on the writer where the run is told.</summary>
internal sealed class PlainConsole(TextWriter output) : IConsole
{
    public ConsoleColor ForegroundColor { get; set; }

    public ConsoleColor BackgroundColor { get; set; }

    public bool SupportAnsiEscapeCodes => false;

    public void Write(string format, params object[] arg) => output.Write(format, arg);

    public void WriteLine(string format, params object[] arg) => output.WriteLine(format, arg);

    public void WriteError(string format, params object[] arg) => Console.Error.Write(format, arg);

    public void WriteErrorLine(string format, params object[] arg) => Console.Error.WriteLine(format, arg);

    public void ResetColor()
    {
        // Nothing was coloured.
    }
}
