using DssPipeline.Convergence;

namespace DssPipeline.Chapters.Tests;

/// <summary>What the account of DSS does not do to others.</summary>
public sealed class AccountTests
{
    [Fact]
    public async Task Another_number_is_refused_and_groups_of_others_stay()
    {
        await using var machine = new LastingMachine();
        machine.Run("useradd --uid 4300 --groups floppy dsstest");

        var refused = await new Account(machine.Machine, "dsstest") { Uid = 4301 }.LookAsync();
        var taken = await new Account(machine.Machine, "dsstest") { Groups = ["audio"] }.MakeAsync();

        Assert.Equal((Verb.Refuse, "Account has another number"), (refused.Verb, refused.Problem?.Summary));
        Assert.Equal(Verb.Keep, taken.Verb);
        Assert.Equal("4300 dsstest floppy audio", machine.Run("echo $(id -u dsstest) $(id -Gn dsstest)"));
    }

    [Theory]
    [InlineData("sed -i /^dsstest:/d /etc/group /etc/gshadow", "/ownGroup")]
    [InlineData("sed -i /^dsstest:/d /etc/group /etc/gshadow; groupadd --gid 4399 dsstest", "/ownGroup")]
    [InlineData("sed -i /^dsstest:/d /etc/shadow", "/password")]
    public async Task What_useradd_could_not_finish_is_seen_and_finished(string loss, string path)
    {
        await using var machine = new LastingMachine();
        machine.Run($"useradd --uid 4300 dsstest; passwd -l dsstest >&2; {loss}");

        var bent = await new Account(machine.Machine, "dsstest") { Groups = ["audio"] }.LookAsync();
        var made = await new Account(machine.Machine, "dsstest") { Groups = ["audio"] }.MakeAsync();

        Assert.Contains(path, bent.Differences.Select(difference => $"{difference.Path}"));
        Assert.Equal(Verb.Keep, made.Verb);
        Assert.Equal("4300 dsstest audio L", machine.Run("echo $(id -u dsstest) $(id -Gn dsstest) $(passwd -S dsstest | cut -d' ' -f2)"));
    }

    [Fact]
    public async Task A_group_that_is_missing_is_named()
    {
        await using var machine = new LastingMachine();

        var problem = await new Account(machine.Machine, "dsstest") { Groups = ["docker-of-the-test"] }.ProblemAsync();

        Assert.Contains("no such group", problem.Detail, StringComparison.Ordinal);
        Assert.Equal("absent", machine.Run("getent passwd dsstest || echo absent"));
    }
}
