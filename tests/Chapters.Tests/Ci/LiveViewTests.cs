using System.Text.RegularExpressions;
using DssPipeline.Convergence;
using Spectre.Console;

namespace DssPipeline.Chapters.Tests;

/// <summary>What moves at the lower edge of a terminal.</summary>
public sealed partial class LiveViewTests : IDisposable
{
    private readonly StringWriter screen = new();
    private readonly LiveView view;

    public LiveViewTests() => view = new(
        AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(screen) }),
        TimeProvider.System);

    [Fact]
    public void It_says_how_far_the_run_is_and_what_is_being_made()
    {
        var (one, two) = (Wished.Create("azure/disk/one"), Wished.Create("azure/disk/two"));

        view.Report(new LookEnded(new([new("PrepareVm", "", [one, two])]), TimeSpan.Zero));
        view.Report(new ChangeStarted(one));
        view.Report(new Waiting(one.Id, "it is provisioned", TimeSpan.Zero));
        view.Report(new ChangeEnded(new(one, Ending.Made, TimeSpan.Zero)));
        view.End();

        Assert.Contains("0 of 2 done, 1 being made", Seen, StringComparison.Ordinal);
        Assert.Contains("+ azure/disk/one", Seen, StringComparison.Ordinal);
        Assert.Contains("waiting until it is provisioned", Seen, StringComparison.Ordinal);
        Assert.Contains("1 of 2 done, 0 being made", Seen, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_told_meanwhile_is_told_once_and_in_order()
    {
        view.WriteLine("before");
        view.Report(new ChangeStarted(Wished.Create("azure/disk/one")));
        view.WriteLine("in the middle");
        view.End();
        view.WriteLine("after");

        Assert.Equal(["before", "in the middle", "after"], Seen.Split('\n').Select(line => line.Trim()).Where(line => line is "before" or "in the middle" or "after"));
    }

    [Fact]
    public void A_run_without_changes_shows_nothing()
    {
        view.Report(new LookStarted(2));
        view.WriteLine("told");
        view.End();

        Assert.Equal("told\n", Seen);
    }

    public void Dispose()
    {
        view.Dispose();
        screen.Dispose();
    }

    private string Seen => Codes().Replace($"{screen}", "").ReplaceLineEndings("\n");

    [GeneratedRegex(@"\e\[[0-9;?]*[A-Za-z]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Codes();
}
