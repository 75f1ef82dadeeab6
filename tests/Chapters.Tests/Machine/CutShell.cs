using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters.Tests;

/// <summary>A shell in which everything is killed before the given command of a change.</summary>
internal sealed class CutShell(Shell inner, int before) : Shell
{
    public const string Cut = "Cut by the test";

    public override async Task<ShellAnswer> RunAsync(string script, string letter, IProgress<string> heard, CancellationToken cancel)
    {
        var answer = await inner.RunAsync(Trap + script, letter, heard, cancel);
        return answer.Output.EndsWith("done\n", StringComparison.Ordinal) ? answer : throw new ProblemException(new Problem(Cut, $"{answer.ExitCode}"));
    }

    private string Trap => $$"""
        set -T
        commands_left={{before}}
        trap 'case " ${FUNCNAME[*]:-} " in *" make_"* | *" drop_"*) ((commands_left-- > 0)) || kill -9 0 ;; esac' DEBUG

        """;
}
