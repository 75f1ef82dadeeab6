using DssPipeline.Convergence;

namespace DssPipeline.Planes.Tests;

public sealed class MachineProblemTests
{
    private static readonly KnownProblems Known = KnownProblems.Of("Machine");

    public static TheoryData<int> Rows => [.. Enumerable.Range(0, Known.Rows.Count)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_row_speaks_for_its_sample_and_tells_what_why_and_what_next(int index)
    {
        var row = Known.Rows[index];

        var found = row.Codes.Select(code => Known.Find(new RemoteError(0, code, row.Sample)));
        var told = Known.Tell(new RemoteError(0, row.Codes[0], row.Sample), "vm-x");

        Assert.All(found, speaker => Assert.Same(row, speaker));
        Assert.Matches("^[A-Z][^{}/]{5,60}$", told.Summary);
        Assert.DoesNotContain("{", told.Detail, StringComparison.Ordinal);
        Assert.EndsWith(".", told.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cp: error writing '/data/x': No space left on device", "Disk of the machine is full")]
    [InlineData("Error: Unable to find a match: gti", "Package does not exist")]
    [InlineData("something nobody knows", "Step failed on the machine")]
    [InlineData("", "Step failed on the machine")]
    public async Task A_step_that_fails_says_why(string words, string summary)
    {
        await using var bench = new Bench();
        var failing = new Probe(bench.Machine, "failing", "one", new() { { "words", words }, { "code", 3 } });

        var problem = (await Assert.ThrowsAsync<ProblemException>(() => failing.MakeAsync())).Problems.Single();

        Assert.Equal(summary, problem.Summary);
        Assert.Contains("machine/failing/one", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_of_a_kind_is_told_in_its_own_words_without_secrets()
    {
        await using var bench = new Bench();
        bench.Redactor.Add(new Secret("hunter22"));
        var failing = new Probe(bench.Machine, "failing", "one", new() { { "refusal", "The disk has hunter22 on it: Permission denied." } });

        var problem = (await Assert.ThrowsAsync<ProblemException>(() => failing.MakeAsync())).Problems.Single();

        Assert.Equal(("Machine says no", "machine/failing/one: The disk has (secret) on it: Permission denied."), (problem.Summary, problem.Detail));
    }

    [Fact]
    public async Task Another_package_manager_is_waited_for_until_time_is_up()
    {
        var clock = new SkippingClock();
        await using var bench = new Bench(new ProcessShell("bash", ["-s"]), clock);
        var failing = new Probe(bench.Machine, "failing", "one", new() { { "words", "Error: Failed to obtain the transaction lock (logged in as: root)." } });

        var problem = (await Assert.ThrowsAsync<ProblemException>(() => failing.MakeAsync())).Problems.Single();

        Assert.Equal("Package manager is at work", problem.Summary);
        Assert.InRange(clock.Waits.Sum(wait => wait.TotalMinutes), 10, 11);
        Assert.Contains(bench.Waits, wait => wait.Subject == "machine/failing/one");
    }

    [Fact]
    public async Task An_answer_that_cannot_be_read_is_told_so()
    {
        await using var bench = new Bench(new ProcessShell("bash", ["-c", "cat >/dev/null; printf 'fact 1 {nonsense\\ndone\\n'"]));

        var problem = (await Assert.ThrowsAsync<ProblemException>(() => bench.Echo("one").LookAsync())).Problems.Single();

        Assert.Equal("Machine answered something else", problem.Summary);
    }

    [Fact]
    public async Task A_script_that_ends_before_it_answered_is_started_again_some_times()
    {
        var clock = new SkippingClock();
        await using var bench = new Bench(new ProcessShell("bash", ["-c", "cat >/dev/null; printf 'fact 1 {\"cut'; echo why >&2; exit 9"]), clock);

        var problem = (await Assert.ThrowsAsync<ProblemException>(() => bench.Echo("one").LookAsync())).Problems.Single();

        Assert.Equal(("Machine cannot be reached", "vm-test: why"), (problem.Summary, problem.Detail));
        Assert.Equal(6, bench.Shell.Letters.Count);
    }
}
