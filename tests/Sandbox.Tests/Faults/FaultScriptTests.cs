namespace DssPipeline.Sandbox.Tests;

public sealed class FaultScriptTests
{
    [Fact]
    public void A_script_is_read_rule_by_rule()
    {
        var script = FaultScript.Parse("429@PUT *storageAccounts* times=2 retry-after=0; drop-after@PUT,PATCH *managedClusters*\n500@GET * p=0.05 on=arm");

        Assert.Empty(script.Problems);
        Assert.Equal(
            [
                "429@PUT *storageAccounts* retry-after=0 times=2",
                "drop-after@PUT,PATCH *managedClusters*",
                "500@GET * on=arm p=0.05",
            ],
            script.Rules.Select(rule => rule.ToString()));
    }

    [Theory]
    [InlineData("502", "502@* *")]
    [InlineData("slow delay=250ms", "slow@* * delay=250ms")]
    [InlineData("stale@GET /subscriptions/* every=3", "stale@GET /subscriptions/* every=3")]
    [InlineData("drop-before@* * nth=4", "drop-before@* * skip=3 times=1")]
    [InlineData("fail-operation@PUT * code=AllocationFailed", "fail-operation@PUT * code=AllocationFailed")]
    [InlineData("short-token lifetime=20s on=imds", "short-token@* * on=imds lifetime=20s")]
    [InlineData("reboot@run,ssh nth=2 delay=1s", "reboot@RUN,SSH * delay=1s skip=1 times=1")]
    [InlineData("cut-ssh@ssh after=2000", "cut-ssh@SSH * after=2000")]
    [InlineData("role-delay on=blob times=3", "role-delay@* * on=blob times=3")]
    public void Every_rule_is_written_as_it_can_be_read_again(string text, string written)
    {
        var rule = Assert.Single(FaultScript.Parse(text).OrThrow());

        Assert.Equal(written, rule.ToString());
        Assert.Equal(written, Assert.Single(FaultScript.Parse(written).OrThrow()).ToString());
    }

    [Theory]
    [InlineData("throttle@PUT *", "'throttle' is no kind of fault; write a status from 400 to 599, or one of drop-before, drop-after, slow, stale, fail-operation, short-token, role-delay, cut, reboot, disk-full, disk-free, dead-ssh, cut-ssh, kill-dnf, dnf-locked, slow-dnf, dss-never-up")]
    [InlineData("200@PUT *", "'200' is no kind of fault")]
    [InlineData("429@PURGE *", "'PURGE' is no method; write GET, HEAD, PUT, POST, PATCH, DELETE or * after the @")]
    [InlineData("reboot@PUT *", "'PUT' is no event of a machine; write BOOT, RUN, SSH, COMMAND or * after the @")]
    [InlineData("429@PUT storageAccounts", "'storageAccounts' is no option; a path starts with / or *, and the options are on=")]
    [InlineData("429@PUT * times=0", "'times=0' cannot be read here; times= wants a whole number from 1")]
    [InlineData("429@PUT * p=2", "p= wants a probability above 0 and up to 1")]
    [InlineData("429@PUT * on=mars", "on= names an endpoint: arm, entra, imds, oidc, keyvault, blob")]
    [InlineData("429@PUT * delay=5s", "delay= belongs to slow and faults of the machine")]
    [InlineData("slow@GET *", "say how slow, for example delay=5s")]
    public void A_mistake_is_told_with_what_would_be_right(string text, string told)
    {
        var script = FaultScript.Parse(text);

        Assert.Empty(script.Rules);
        Assert.StartsWith($"Fault '{text}': ", Assert.Single(script.Problems), StringComparison.Ordinal);
        Assert.Contains(told, script.Problems[0], StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_are_told_at_once()
    {
        var problem = Assert.Throws<FormatException>(() => FaultScript.Parse("oops; 429@PUT * times=x; 500 colour=red; 503").OrThrow());

        Assert.Equal(3, problem.Message.Split(Environment.NewLine).Length);
    }
}
