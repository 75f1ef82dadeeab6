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

    [Theory, MemberData(nameof(Befores))]
    public async Task Cut_before_its_mark_all_is_as_it_was_again(string before)
    {
        await using var machine = new SigningMachine(before);
        await SignInAsync(machine.Login);
        machine.LoseMark();

        await machine.Login.MakeAsync();

        Assert.Equal(before, machine.Settings);
        Assert.Equal("", machine.Aside);
    }

    [Theory]
    [InlineData("", """{"auths":{"people.example":{"identitytoken":"theirs"}}}""")]
    [InlineData(SigningMachine.Other, """{"auths":{"people.example":{"identitytoken":"theirs"},"other.example":{"auth":"eDp5"}},"detachKeys":"ctrl-e"}""")]
    [InlineData(SigningMachine.Same, """{"auths":{"people.example":{"identitytoken":"theirs"},"crtest.azurecr.io":{"auth":"b3duOm93bg=="}}}""")]
    public async Task Cut_before_its_mark_only_its_sign_in_goes_where_people_signed_in_elsewhere_since(string before, string after)
    {
        await using var machine = new SigningMachine(before);
        await SignInAsync(machine.Login);
        machine.LoseMark();
        machine.SignInElsewhere();

        var repaired = await machine.Login.MakeAsync();

        Assert.Equal(Verb.Keep, repaired.Verb);
        Assert.Equal(after, machine.Settings);
        Assert.Equal("", machine.Aside);
    }

    [Theory]
    [InlineData("no space left on device")]
    [InlineData("unauthorized: token of the wrong tenant")]
    public async Task What_docker_says_when_it_lets_nobody_in_is_told_however_short(string words)
    {
        await using var machine = new SigningMachine(SigningMachine.Other);
        machine.Refuse(words);

        var failure = await Assert.ThrowsAsync<ProblemException>(() => SignInAsync(machine.Login));

        Assert.Contains($"could not sign in to crtest.azurecr.io: {words}", failure.Message, StringComparison.Ordinal);
        Assert.Equal(SigningMachine.Other, machine.Settings);
    }

    [Fact]
    public async Task Of_much_that_docker_says_the_end_is_told()
    {
        await using var machine = new SigningMachine();
        machine.Refuse($"the beginning{new string('.', 600)}the reason");

        var failure = await Assert.ThrowsAsync<ProblemException>(() => SignInAsync(machine.Login));

        Assert.Contains("...the reason", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("the beginning", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_docker_says_when_it_lets_nobody_out_is_told_and_the_next_run_signs_out()
    {
        await using var machine = new SigningMachine(SigningMachine.Other);
        await SignInAsync(machine.Login);
        machine.SignInElsewhere();
        machine.Refuse("permission denied");

        var failure = await Assert.ThrowsAsync<ProblemException>(() => machine.Login.MakeAsync());
        machine.Run("rm ~signer/refusal");
        await machine.Login.MakeAsync();

        Assert.Contains("could not be signed out of crtest.azurecr.io: permission denied", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("crtest", machine.Settings, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_people_beside_the_settings_stays_theirs_and_no_draft_stays()
    {
        await using var machine = new SigningMachine(SigningMachine.Same);
        machine.Run("runuser -u signer -- sh -c 'echo mine >~/.docker/config.json.old; echo half >~/.docker/config.json.dss-pipeline'");
        await SignInAsync(machine.Login);

        await machine.Login.MakeAsync();

        Assert.Equal("config.json\nconfig.json.old", machine.Run("ls -A ~signer/.docker"));
        Assert.Equal("mine", machine.Run("cat ~signer/.docker/config.json.old"));
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
