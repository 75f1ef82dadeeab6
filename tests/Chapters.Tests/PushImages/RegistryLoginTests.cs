using DssPipeline.Convergence;

namespace DssPipeline.Chapters.Tests;

/// <summary>A sign-in that a run left behind: seen, taken back, with what people had before and have done since.</summary>
public sealed class RegistryLoginTests
{
    public static TheoryData<string> Befores => ["", SigningMachine.Other, SigningMachine.Same];

    public static TheoryData<int> Moments => [3, 11, 19, 27];

    [Theory, MemberData(nameof(Befores))]
    public async Task What_people_signed_in_to_themselves_is_nothing_that_was_left(string before)
    {
        await using var machine = new SigningMachine(before);

        var seen = await machine.Login.LookAsync();

        Assert.Equal(Verb.Keep, seen.Verb);
        Assert.Equal(before, machine.Settings);
    }

    [Theory, MemberData(nameof(Befores))]
    public async Task Left_behind_it_is_seen_also_after_a_reboot_taken_back_and_gone(string before)
    {
        await using var machine = new SigningMachine(before);
        await SignInAsync(machine.Login);
        machine.Reboot();

        var signedIn = machine.Settings;
        var left = await machine.Login.LookAsync();
        var repaired = await machine.Login.MakeAsync();

        Assert.Contains("token-of-this-run", signedIn, StringComparison.Ordinal);
        Assert.Equal((Verb.Delete, SigningMachine.Host), (left.Verb, $"{left.At("/host")}"));
        Assert.Equal(Verb.Keep, repaired.Verb);
        Assert.Equal(before, machine.Settings);
        Assert.Equal("", machine.Aside);
    }

    [Fact]
    public async Task What_lies_aside_is_roots_alone_and_holds_no_token_of_the_run()
    {
        await using var machine = new SigningMachine(SigningMachine.Same);

        await SignInAsync(machine.Login);

        Assert.Equal("root 700", machine.Run("stat -c '%U %a' /var/lib/dss-pipeline/registry-login"));
        Assert.Equal("", machine.Run("grep -r token-of-this-run /var/lib/dss-pipeline || :"));
        Assert.DoesNotContain("token", machine.Run("runuser -u signer -- cat /var/lib/dss-pipeline/registry-login/signer/settings 2>/dev/null || :"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_sign_in_keeps_what_was_there_before_the_first()
    {
        await using var machine = new SigningMachine(SigningMachine.Same);
        await SignInAsync(machine.Login);

        await SignInAsync(machine.Login);
        await machine.Login.MakeAsync();

        Assert.Equal(SigningMachine.Same, machine.Settings);
    }

    [Fact]
    public async Task What_people_changed_since_stays_and_only_the_sign_in_of_the_run_goes()
    {
        await using var machine = new SigningMachine(SigningMachine.Other);
        await SignInAsync(machine.Login);
        machine.Write(machine.Settings.Replace("ctrl-e", "ctrl-q", StringComparison.Ordinal));

        await machine.Login.MakeAsync();

        Assert.Equal(SigningMachine.Other.Replace("ctrl-e", "ctrl-q", StringComparison.Ordinal), machine.Settings);
    }

    [Fact]
    public async Task What_people_changed_since_stays_and_their_own_sign_in_of_before_comes_back()
    {
        await using var machine = new SigningMachine(SigningMachine.Same);
        await SignInAsync(machine.Login);
        machine.Write($"{machine.Settings[..^1]},\"detachKeys\":\"ctrl-q\"}}");

        await machine.Login.MakeAsync();

        Assert.Equal($"{SigningMachine.Same[..^1]},\"detachKeys\":\"ctrl-q\"}}", machine.Settings);
    }

    [Fact]
    public async Task Who_signed_in_there_himself_since_stays_signed_in()
    {
        await using var machine = new SigningMachine();
        await SignInAsync(machine.Login);
        machine.Write(SigningMachine.Same);

        var repaired = await machine.Login.MakeAsync();

        Assert.Equal(Verb.Keep, repaired.Verb);
        Assert.Equal(SigningMachine.Same, machine.Settings);
    }

    [Theory, MemberData(nameof(Moments))]
    public async Task Cut_anywhere_while_it_signs_in_the_next_run_takes_it_back(int moment)
    {
        await using var machine = new SigningMachine(SigningMachine.Same);

        var failure = await Record.ExceptionAsync(() => SignInAsync(machine.Cut(moment)));
        machine.Reboot();
        var next = await machine.Login.MakeAsync();

        Assert.Equal(CutShell.Cut, Assert.IsType<ProblemException>(failure).Problems[0].Summary);
        Assert.Equal(Verb.Keep, next.Verb);
        Assert.Equal(SigningMachine.Same, machine.Settings);
        Assert.Equal("", machine.Run("find /var/lib/dss-pipeline -path '*/signer/*' 2>/dev/null || :"));
    }

    [Theory, MemberData(nameof(Moments))]
    public async Task Cut_anywhere_while_it_is_taken_back_the_next_run_finishes(int moment)
    {
        await using var machine = new SigningMachine(SigningMachine.Same);
        await SignInAsync(machine.Login);

        var cut = machine.Cut(moment);
        var failure = await Record.ExceptionAsync(async () => await cut.ApplyAsync(new(cut, Verb.Delete, null, null, []), default));
        var next = await machine.Login.MakeAsync();

        Assert.Equal(CutShell.Cut, Assert.IsType<ProblemException>(failure).Problems[0].Summary);
        Assert.Equal(Verb.Keep, next.Verb);
        Assert.Equal(SigningMachine.Same, machine.Settings);
        Assert.Equal("", machine.Aside);
    }

    [Fact]
    public async Task An_account_that_is_gone_leaves_nothing_to_take_back()
    {
        await using var machine = new SigningMachine(SigningMachine.Other);
        await SignInAsync(machine.Login);
        machine.Run("userdel --remove signer 2>/dev/null");

        var repaired = await machine.Login.MakeAsync();

        Assert.Equal(Verb.Keep, repaired.Verb);
        Assert.Equal("", machine.Aside);
    }

    private static Task SignInAsync(RegistryLogin login) => login.ApplyAsync(new(login, Verb.Create, null, null, []), default);
}
