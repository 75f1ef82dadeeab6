using System.Text.RegularExpressions;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>What the README shows is what the program prints.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(Host.Home, "README.md")).ReplaceLineEndings("\n");

    [Fact]
    public async Task The_first_run_prints_what_is_shown()
    {
        using var world = MachineWorld.Empty();

        var run = await world.RunAsync();

        AssertShown(Shown("dotnet run --project build -- --sandbox\n"), run);
    }

    [Fact]
    public async Task Wishing_for_something_else_prints_what_is_shown()
    {
        using var world = await MachineWorld.WholeAsync();
        var command = Command().Match(Readme);

        var run = await world.RunAsync([.. command.Groups["arguments"].Value.Split(' ')]);

        run.Ends(2);
        AssertShown(Shown(command.Value), run);
    }

    /// <summary>The lines of the block of text that follows a command; dots stand for what is left out.</summary>
    private static IEnumerable<string> Shown(string command)
    {
        var text = Readme[Readme.IndexOf(command, StringComparison.Ordinal)..];
        var start = text.IndexOf("```text\n", StringComparison.Ordinal) + "```text\n".Length;
        return text[start..text.IndexOf("\n```", start, StringComparison.Ordinal)].Split('\n').Where(line => line.Length > 0 && line != "…").Select(Steady);
    }

    private static void AssertShown(IEnumerable<string> shown, HostRun run)
    {
        var left = new Queue<string>(shown);
        Assert.NotEmpty(left);
        foreach (var line in run.Lines.Select(Steady))
        {
            if (left.TryPeek(out var next) && next == line) left.Dequeue();
        }

        Assert.True(left.Count == 0, $"The README shows this line, and the program does not print it there:\n{left.FirstOrDefault()}\n{run.Said}");
    }

    // Times, digests and the folder of the world are each reader's own.
    private static string Steady(string line) => Changing().Replace(line, "…");

    [GeneratedRegex(@"(?<=(made|changed|removed) in |kept, in )[0-9.]+ \w+|(?<=Digest )[0-9a-f]{12}|(?<=the sandbox in )\S+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Changing();

    [GeneratedRegex(@"dotnet run --project build -- --sandbox (?<arguments>--target Plan --set .+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Command();
}
