using DssPipeline.Convergence;

namespace DssPipeline.Chapters.Tests;

/// <summary>Each generic kind of the machine, on a machine with real bash and root: made, kept, repaired, finished after a cut.</summary>
public sealed class FourPromisesTests
{
    private static readonly int[] Moments = [1, 6, 14, 30];

    public static TheoryData<string> Names => [.. Kinds.All.Keys];

    public static TheoryData<string, int> Cuts => [.. from name in Kinds.All.Keys from moment in Moments select (name, moment)];

    [Theory, MemberData(nameof(Names))]
    public async Task It_is_made_kept_and_repaired(string name)
    {
        var kind = Kinds.All[name];
        await using var machine = new LastingMachine();
        machine.Run(kind.Before);
        var resource = kind.Wish(machine.Machine);

        var absent = await resource.LookAsync();
        var made = await resource.MakeAsync();
        machine.Run(kind.Bend);
        var bent = await resource.LookAsync();
        var repaired = await resource.MakeAsync();

        Assert.NotEqual(Verb.Keep, absent.Verb);
        Assert.Equal(Verb.Keep, made.Verb);
        Assert.Equal((Verb.Update, kind.Bent), (bent.Verb, bent.Paths()));
        Assert.Equal(Verb.Keep, repaired.Verb);
    }

    [Theory, MemberData(nameof(Cuts))]
    public async Task Cut_in_the_middle_the_next_run_converges(string name, int before)
    {
        var kind = Kinds.All[name];
        await using var machine = new LastingMachine();
        machine.Run(kind.Before);
        var cut = kind.Wish(LastingMachine.Over(new CutShell(machine.Shell, before)));

        // A short change may be over before the late moments.
        var failure = await Record.ExceptionAsync(async () => await cut.ApplyAsync(new(cut, Verb.Create, cut.Desired, null, []), default));
        var next = await kind.Wish(machine.Machine).MakeAsync();

        Assert.True(failure is null ? before > 1 : failure is ProblemException { Problems: [{ Summary: CutShell.Cut }] }, $"{failure}");
        Assert.Equal(Verb.Keep, next.Verb);
        Assert.Equal("", machine.Run("find /etc /home /opt /srv -name '.dss-pipeline.*' -o -name '*.part*'"));
    }
}
