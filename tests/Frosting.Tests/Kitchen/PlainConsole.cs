using System.Text;
using Cake.Core;

namespace Frosting.Tests;

/// <summary>Cake's console as text without colour.</summary>
internal sealed class PlainConsole : IConsole
{
    private readonly StringBuilder output = new();
    private readonly StringBuilder errors = new();

    public ConsoleColor ForegroundColor { get; set; }

    public ConsoleColor BackgroundColor { get; set; }

    public bool SupportAnsiEscapeCodes => false;

    public string Output => output.ToString();

    public string Errors => errors.ToString();

    public void Write(string format, params object[] arg) => output.AppendFormat(format, arg);

    public void WriteLine(string format, params object[] arg) => output.AppendFormat(format, arg).AppendLine();

    public void WriteError(string format, params object[] arg) => errors.AppendFormat(format, arg);

    public void WriteErrorLine(string format, params object[] arg) => errors.AppendFormat(format, arg).AppendLine();

    public void ResetColor()
    {
    }
}
