using Cake.Core;
using Cake.Frosting;

namespace Frosting.Tests;

public sealed class CriteriaTests
{
    [Fact]
    public void A_task_that_should_not_run_is_skipped_with_its_reason_and_the_rest_goes_on()
    {
        var kitchen = new Kitchen(typeof(Ice), typeof(Serve));

        var code = kitchen.Run("--target", "Serve");

        Assert.Equal(0, code);
        Assert.Equal(["Serve"], kitchen.Steps);
        Assert.Equal(CakeTaskExecutionStatus.Skipped, kitchen.StatusOf("Ice"));
        Assert.Equal("no sugar", kitchen.Report.Single(entry => entry.TaskName == "Ice").SkippedMessage);
    }

    [Fact]
    public void A_target_that_should_not_run_is_an_error()
    {
        var kitchen = new Kitchen(typeof(Ice));

        var code = kitchen.Run("--target", "Ice");

        Assert.Equal(255, code);
        Assert.Contains("Ice", kitchen.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_task_that_should_run_runs()
    {
        var kitchen = new Kitchen(typeof(Asked));

        kitchen.Run("--target", "Asked");

        Assert.Equal(["asked", "run"], kitchen.Steps);
    }

    internal sealed class Ice(Trail trail) : FrostingTask
    {
        public override string SkippedMessage => "no sugar";

        public override bool ShouldRun(ICakeContext context) => false;

        public override void Run(ICakeContext context) => trail.Add("Ice");
    }

    [IsDependentOn(typeof(Ice))]
    internal sealed class Serve(Trail trail) : FrostingTask
    {
        public override void Run(ICakeContext context) => trail.Add("Serve");
    }

    internal sealed class Asked(Trail trail) : AsyncFrostingTask
    {
        public override bool ShouldRun(ICakeContext context)
        {
            trail.Add("asked");
            return true;
        }

        public override Task RunAsync(ICakeContext context)
        {
            trail.Add("run");
            return Task.CompletedTask;
        }
    }
}
