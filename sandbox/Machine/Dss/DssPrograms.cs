using System.ComponentModel;
using System.Diagnostics;

namespace DssPipeline.Sandbox;

/// <summary>Runs programs of the machine for DSS, as the user that DSS runs as.</summary>
internal static class DssPrograms
{
    public static async Task<(int Code, string Output, string Errors)> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(cancel), process.StandardError.ReadToEndAsync(cancel));
            await process.WaitForExitAsync(cancel);
            return (process.ExitCode, await output, await errors);
        }
        catch (Win32Exception problem)
        {
            return (127, "", $"{program}: {problem.Message}");
        }
    }

    /// <summary>The words of a command line, as a shell parts them.</summary>
    public static IReadOnlyList<string> Words(string line)
    {
        var (words, word, quote, open) = (new List<string>(), new System.Text.StringBuilder(), '\0', false);
        foreach (var letter in line)
        {
            if (quote != '\0' && letter == quote) quote = '\0';
            else if (quote == '\0' && (letter is '"' or '\'')) (quote, open) = (letter, true);
            else if (quote == '\0' && char.IsWhiteSpace(letter)) End();
            else word.Append(letter);
        }

        End();
        return words;

        void End()
        {
            if (word.Length > 0 || open) words.Add(word.ToString());
            word.Clear();
            open = false;
        }
    }
}
