using Cake.Core;
using Cake.Frosting;

namespace Frosting.Tests;

public sealed class FailureTests
{
    [Fact]
    public void A_failed_task_ends_the_run_with_255_and_its_message()
    {
        var kitchen = new Kitchen(typeof(Burn), typeof(AfterBurn));

        var code = kitchen.Run("--target", "AfterBurn");

        Assert.Equal(255, code);
        Assert.Empty(kitchen.Steps);
        Assert.Contains("the oven is on fire", kitchen.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_task_is_awaited_too()
    {
        var kitchen = new Kitchen(typeof(BurnLater));

        var code = kitchen.Run("--target", "BurnLater");

        Assert.Equal(255, code);
        Assert.Contains("the oven is on fire", kitchen.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void OnError_takes_the_failure_and_the_run_goes_on()
    {
        var kitchen = new Kitchen(typeof(Rescued), typeof(AfterRescue));

        var code = kitchen.Run("--target", "AfterRescue");

        Assert.Equal(0, code);
        Assert.Equal(["rescued from: the oven is on fire", "AfterRescue"], kitchen.Steps);
    }

    [Fact]
    public void Finally_runs_after_success_and_after_failure()
    {
        var kitchen = new Kitchen(typeof(Cleaned), typeof(CleanedAfterFire));

        var good = kitchen.Run("--target", "Cleaned");
        var bad = new Kitchen(typeof(CleanedAfterFire));
        var code = bad.Run("--target", "CleanedAfterFire");

        Assert.Equal((0, 255), (good, code));
        Assert.Equal(["run", "finally"], kitchen.Steps);
        Assert.Equal(["finally"], bad.Steps);
    }

    [Fact]
    public void ContinueOnError_lets_the_run_go_on()
    {
        var kitchen = new Kitchen(typeof(Shrug), typeof(AfterShrug));

        var code = kitchen.Run("--target", "AfterShrug");

        Assert.Equal(0, code);
        Assert.Equal(["AfterShrug"], kitchen.Steps);
    }

    internal abstract class Fire : FrostingTask
    {
        public override void Run(ICakeContext context) => throw new InvalidOperationException("the oven is on fire");
    }

    internal abstract class Step(Trail trail) : FrostingTask
    {
        public override void Run(ICakeContext context) => trail.Add(GetType().Name);
    }

    internal sealed class Burn : Fire;

    [IsDependentOn(typeof(Burn))]
    internal sealed class AfterBurn(Trail trail) : Step(trail);

    internal sealed class BurnLater : AsyncFrostingTask
    {
        public override async Task RunAsync(ICakeContext context)
        {
            await Task.Yield();
            throw new InvalidOperationException("the oven is on fire");
        }
    }

    internal sealed class Rescued(Trail trail) : Fire
    {
        public override void OnError(Exception exception, ICakeContext context) => trail.Add($"rescued from: {exception.Message}");
    }

    [IsDependentOn(typeof(Rescued))]
    internal sealed class AfterRescue(Trail trail) : Step(trail);

    internal sealed class Cleaned(Trail trail) : FrostingTask
    {
        public override void Run(ICakeContext context) => trail.Add("run");

        public override void Finally(ICakeContext context) => trail.Add("finally");
    }

    internal sealed class CleanedAfterFire(Trail trail) : Fire
    {
        public override void Finally(ICakeContext context) => trail.Add("finally");
    }

    [ContinueOnError]
    internal sealed class Shrug : Fire;

    [IsDependentOn(typeof(Shrug))]
    internal sealed class AfterShrug(Trail trail) : Step(trail);
}
