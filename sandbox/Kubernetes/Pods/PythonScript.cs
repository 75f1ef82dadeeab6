using System.Globalization;
using System.Text.RegularExpressions;

namespace DssPipeline.Sandbox;

/// <summary>A few lines of python: imports, prints of texts and numbers, and ends by sys.exit; anything else ends with an error that says so.</summary>
internal sealed partial class PythonScript(string text)
{
    public int Run(Action<string> say)
    {
        foreach (var line in Statement().Split(text).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (Import().IsMatch(line)) continue;
            if (Print().Match(line) is { Success: true } print) say(print.Groups["text"].Value + print.Groups["number"].Value + "\n");
            else if (Exit().Match(line) is { Success: true } exit) return exit.Groups["code"].Value is { Length: > 0 } code ? int.Parse(code, CultureInfo.InvariantCulture) & 255 : 0;
            else
            {
                say($"Traceback (most recent call last):\n  File \"<string>\", line 1, in <module>\nNotImplementedError: the sandbox's nodes run prints and sys.exit of python only, and not: {line}\n");
                return 1;
            }
        }

        return 0;
    }

    [GeneratedRegex("""[;\n](?=(?:[^'"]|'[^']*'|"[^"]*")*$)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Statement();

    [GeneratedRegex(@"^(import|from)\s+\w", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Import();

    [GeneratedRegex("""^print\(\s*((?<quote>['"])(?<text>.*)\k<quote>|(?<number>-?[0-9.]*))\s*(,\s*flush=True)?\)$""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Print();

    [GeneratedRegex(@"^(sys\.exit|exit|quit|raise SystemExit|os\._exit)\(\s*(?<code>\d*)\s*\)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Exit();
}
