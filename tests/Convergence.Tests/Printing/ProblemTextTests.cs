using DssPipeline.Snapshots;

namespace DssPipeline.Convergence.Tests;

public sealed class ProblemTextTests
{
    [Fact]
    public void A_problem_says_what_where_why_and_what_next() => Snapshot.Verify(new ProblemText(Style.Plain).Of(Story.Taken));

    [Fact]
    public void Several_problems_are_set_apart() => Snapshot.Verify(new ProblemText(Style.Plain).Of([new("First", "One is wrong."), new("Second", "Two are wrong.\nAlso here.")]));

    [Fact]
    public void Sentences_break_at_words_and_long_words_stay_whole()
    {
        var lines = new ProblemText(Style.Plain) { Width = 20 }.Lines(new("Long", $"A few words and then {new string('x', 30)} and more.")).ToList();

        Assert.Equal(["Error: Long", "A few words and then", new string('x', 30), "and more."], lines);
    }

    [Fact]
    public void Text_of_a_remote_cannot_move_the_cursor()
    {
        var text = new ProblemText(Style.Plain).Of(new Problem("Odd", "red \e[31m\rno") { Command = "a\u0007", Correlation = "x\u001b" });

        Assert.DoesNotContain(text, letter => char.IsControl(letter) && letter != '\n');
    }
}
