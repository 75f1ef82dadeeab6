using Cake.Core;
using Cake.Frosting;

namespace Frosting.Tests;

public sealed class LifetimeTests
{
    [Fact]
    public void Setup_and_teardown_enclose_the_run_and_each_task()
    {
        var kitchen = new Kitchen(typeof(Mix), typeof(Bake));
        kitchen.Host.UseContext<Chef>().UseLifetime<Day>().UseTaskLifetime<Dish>();

        kitchen.Run("--target", "Bake");

        Assert.Equal(["open Anna: Mix Bake", "before Mix", "Mix", "after Mix", "before Bake", "Bake", "after Bake", "close: True"], kitchen.Steps);
    }

    [Fact]
    public void Teardown_comes_also_after_a_failure_and_knows_it()
    {
        var kitchen = new Kitchen(typeof(Burn));
        kitchen.Host.UseContext<Chef>().UseLifetime<Day>().UseTaskLifetime<Dish>();

        var code = kitchen.Run("--target", "Burn");

        Assert.Equal(255, code);
        Assert.Equal(["open Anna: Burn", "before Burn", "after Burn", "close: False (burnt)"], kitchen.Steps);
    }

    [Fact]
    public void A_failed_setup_runs_no_task_but_teardown()
    {
        var kitchen = new Kitchen(typeof(Mix));
        kitchen.Host.UseContext<Chef>().UseSetup<Locked>().UseTeardown<Close>();

        var code = kitchen.Run("--target", "Mix");

        Assert.Equal(255, code);
        Assert.Equal(["close"], kitchen.Steps);
        Assert.Contains("the door is locked", kitchen.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_ends_may_be_classes_of_their_own()
    {
        var kitchen = new Kitchen(typeof(Mix));
        kitchen.Host.UseContext<Chef>().UseSetup<Open>().UseTeardown<Close>().UseTaskSetup<Before>().UseTaskTeardown<After>();

        kitchen.Run("--target", "Mix");

        Assert.Equal(["open", "before", "Mix", "after", "close"], kitchen.Steps);
    }

    [Fact]
    public void Of_two_lifetimes_the_later_counts()
    {
        var kitchen = new Kitchen(typeof(Mix));
        kitchen.Host.UseContext<Chef>().UseSetup<Locked>().UseSetup<Open>();

        var code = kitchen.Run("--target", "Mix");

        Assert.Equal(0, code);
        Assert.Equal(["open", "Mix"], kitchen.Steps);
    }

    [Fact]
    public void Setup_of_an_exclusive_run_is_told_of_the_target_alone()
    {
        var kitchen = new Kitchen(typeof(Mix), typeof(Bake));
        kitchen.Host.UseContext<Chef>().UseLifetime<Day>();

        kitchen.Run("--target", "bake", "--exclusive");

        Assert.Equal(["open Anna: Bake", "Bake", "close: True"], kitchen.Steps);
    }

    [Theory]
    [InlineData("--dryrun")]
    [InlineData("--tree")]
    [InlineData("--description")]
    public void Looking_only_calls_neither_setup_nor_teardown(string option)
    {
        var kitchen = new Kitchen(typeof(Mix), typeof(Bake));
        kitchen.Host.UseContext<Chef>().UseLifetime<Day>().UseTaskLifetime<Dish>();

        var code = kitchen.Run("--target", "Bake", option);

        Assert.Equal(0, code);
        Assert.Empty(kitchen.Steps);
    }

    internal sealed class Chef(ICakeContext context) : FrostingContext(context)
    {
        public string Name => "Anna";
    }

    internal sealed class Mix(Trail trail) : FrostingTask<Chef>
    {
        public override void Run(Chef context) => trail.Add("Mix");
    }

    [IsDependentOn(typeof(Mix))]
    internal sealed class Bake(Trail trail) : FrostingTask<Chef>
    {
        public override void Run(Chef context) => trail.Add("Bake");
    }

    internal sealed class Burn : FrostingTask<Chef>
    {
        public override void Run(Chef context) => throw new InvalidOperationException("burnt");
    }

    internal sealed class Day(Trail trail) : FrostingLifetime<Chef>
    {
        public override void Setup(Chef context, ISetupContext info) =>
            trail.Add($"open {context.Name}: {string.Join(' ', info.TasksToExecute.Select(task => task.Name))}");

        public override void Teardown(Chef context, ITeardownContext info) =>
            trail.Add(info.Successful ? "close: True" : $"close: False ({info.ThrownException.Message})");
    }

    internal sealed class Dish(Trail trail) : FrostingTaskLifetime<Chef>
    {
        public override void Setup(Chef context, ITaskSetupContext info) => trail.Add($"before {info.Task.Name}");

        public override void Teardown(Chef context, ITaskTeardownContext info) => trail.Add($"after {info.Task.Name}");
    }

    internal sealed class Locked : FrostingSetup<Chef>
    {
        public override void Setup(Chef context, ISetupContext info) => throw new InvalidOperationException("the door is locked");
    }

    internal sealed class Open(Trail trail) : FrostingSetup
    {
        public override void Setup(ICakeContext context, ISetupContext info) => trail.Add("open");
    }

    internal sealed class Close(Trail trail) : FrostingTeardown<Chef>
    {
        public override void Teardown(Chef context, ITeardownContext info) => trail.Add("close");
    }

    internal sealed class Before(Trail trail) : FrostingTaskSetup<Chef>
    {
        public override void Setup(Chef context, ITaskSetupContext info) => trail.Add("before");
    }

    internal sealed class After(Trail trail) : FrostingTaskTeardown
    {
        public override void Teardown(ICakeContext context, ITaskTeardownContext info) => trail.Add("after");
    }
}
