using DssPipeline.Snapshots;

namespace DssPipeline.Convergence.Tests;

public sealed class HappeningTextTests
{
    [Fact]
    public void What_happens_is_read_line_by_line()
    {
        var printer = new HappeningText(Style.Plain);
        var outcomes = Story.Bad().Outcomes;
        var happenings = new List<Happening>
        {
            new LookStarted(8),
            new LookEnded(Story.Plan(), TimeSpan.FromMilliseconds(1240)),
            new ChangeStarted(outcomes[1].Change),
            new Waiting(outcomes[1].Id, "it appears", TimeSpan.FromSeconds(40)),
        };

        var lines = happenings.Concat(outcomes.Select(outcome => new ChangeEnded(outcome))).Select(printer.Of).OfType<string>();

        Snapshot.Verify(string.Join('\n', lines));
    }

    [Fact]
    public void What_is_kept_is_not_worth_a_line() => Assert.Null(new HappeningText(Style.Plain).Of(new ChangeEnded(Story.Good().Outcomes[0])));
}
