namespace DssPipeline.Convergence;

/// <summary>Colours of a terminal, or none of them.</summary>
public sealed class Style
{
    private readonly bool colours;

    private Style(bool colours) => this.colours = colours;

    public static Style Plain { get; } = new(colours: false);

    public static Style Coloured { get; } = new(colours: true);

    /// <summary>Colours unless <c>NO_COLOR</c> is set, <c>CLICOLOR</c> is 0, the output is no terminal or the terminal is dumb; <c>FORCE_COLOR</c> and <c>CLICOLOR_FORCE</c> colour what is piped.</summary>
    public static Style Fitting(Func<string, string?> environment, bool redirected)
    {
        if (!string.IsNullOrEmpty(environment("NO_COLOR"))) return Plain;
        if (IsOn(environment("FORCE_COLOR")) || IsOn(environment("CLICOLOR_FORCE"))) return Coloured;
        return redirected || environment("TERM") is "dumb" || environment("CLICOLOR") is "0" || environment("FORCE_COLOR") is "0" ? Plain : Coloured;
    }

    public string Bold(string text) => With("1", text);

    public string Faint(string text) => With("2", text);

    public string Good(string text) => With("32", text);

    public string Bad(string text) => With("31", text);

    public string Paint(Verb verb, string text) => verb switch
    {
        Verb.Create => With("32", text),
        Verb.Update => With("33", text),
        Verb.Replace or Verb.Delete or Verb.Refuse => With("31", text),
        _ => With("2", text),
    };

    private static bool IsOn(string? value) => value is not (null or "" or "0" or "false");

    private string With(string code, string text) => colours ? $"\e[{code}m{text}\e[0m" : text;
}
