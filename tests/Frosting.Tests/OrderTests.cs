using Cake.Core;
using Cake.Frosting;

namespace Frosting.Tests;

public sealed class OrderTests
{
    [Fact]
    public void What_a_task_stands_on_runs_first_and_once()
    {
        var kitchen = new Kitchen(typeof(Serve), typeof(Bake), typeof(Mix), typeof(Heat));

        var code = kitchen.Run("--target", "Serve");

        Assert.Equal(0, code);
        Assert.Equal(["Mix", "Heat", "Bake", "Serve"], kitchen.Steps);
    }

    [Fact]
    public void A_dependee_runs_after_the_task_that_names_it()
    {
        var kitchen = new Kitchen(typeof(Mix), typeof(Weigh));

        kitchen.Run("--target", "Mix");

        Assert.Equal(["Weigh", "Mix"], kitchen.Steps);
    }

    [Fact]
    public void What_an_abstract_base_depends_on_counts()
    {
        var kitchen = new Kitchen(typeof(Mix), typeof(Cake));

        kitchen.Run("--target", "Cake");

        Assert.Equal(["Mix", "Cake"], kitchen.Steps);
    }

    [Fact]
    public void The_name_comes_from_the_attribute_or_else_from_the_class()
    {
        var kitchen = new Kitchen(typeof(Mix), typeof(Named));

        var code = kitchen.Run("--target", "Named-By-Attribute", "--target", "Mix");

        Assert.Equal(0, code);
        Assert.Equal(["Mix", "Named"], kitchen.Steps);
    }

    [Fact]
    public void The_target_is_Default_when_none_is_given()
    {
        var kitchen = new Kitchen(typeof(Default), typeof(Mix));

        var code = kitchen.Run();

        Assert.Equal(0, code);
        Assert.Equal(["Mix"], kitchen.Steps);
    }

    [Fact]
    public void A_task_without_Run_is_delegated()
    {
        var kitchen = new Kitchen(typeof(Default), typeof(AsyncDefault), typeof(Mix));

        kitchen.Run("--target", "Default", "--target", "AsyncDefault");

        Assert.Equal(CakeTaskExecutionStatus.Executed, kitchen.StatusOf("Mix"));
        Assert.Equal(CakeTaskExecutionStatus.Delegated, kitchen.StatusOf("Default"));
        Assert.Equal(CakeTaskExecutionStatus.Delegated, kitchen.StatusOf("AsyncDefault"));
    }

    [Fact]
    public void Run_may_be_inherited_from_an_abstract_base()
    {
        var kitchen = new Kitchen(typeof(Mix), typeof(Cake));

        kitchen.Run("--target", "Cake");

        Assert.Equal(CakeTaskExecutionStatus.Executed, kitchen.StatusOf("Cake"));
    }

    [Fact]
    public void An_async_task_is_awaited_before_the_next_begins()
    {
        var kitchen = new Kitchen(typeof(Rise), typeof(AfterRise));

        kitchen.Run("--target", "AfterRise");

        Assert.Equal(["Rise begins", "Rise ends", "AfterRise"], kitchen.Steps);
    }

    [Fact]
    public void A_task_written_without_a_base_runs_too()
    {
        var kitchen = new Kitchen(typeof(Bare));

        var code = kitchen.Run("--target", "Bare");

        Assert.Equal(0, code);
        Assert.Equal(["Bare runs", "Bare finally"], kitchen.Steps);
    }

    internal abstract class Step(Trail trail) : FrostingTask
    {
        public override void Run(ICakeContext context) => trail.Add(GetType().Name);
    }

    internal sealed class Mix(Trail trail) : Step(trail);

    [IsDependentOn(typeof(Mix))]
    internal sealed class Heat(Trail trail) : Step(trail);

    [IsDependentOn(typeof(Mix)), IsDependentOn(typeof(Heat))]
    internal sealed class Bake(Trail trail) : Step(trail);

    [IsDependentOn(typeof(Bake))]
    internal sealed class Serve(Trail trail) : Step(trail);

    [IsDependeeOf(typeof(Mix))]
    internal sealed class Weigh(Trail trail) : Step(trail);

    [IsDependentOn(typeof(Mix))]
    internal abstract class Pastry(Trail trail) : Step(trail);

    internal sealed class Cake(Trail trail) : Pastry(trail);

    [TaskName("Named-By-Attribute")]
    internal sealed class Named(Trail trail) : Step(trail);

    [IsDependentOn(typeof(Mix))]
    internal sealed class Default : FrostingTask;

    internal sealed class AsyncDefault : AsyncFrostingTask;

    internal sealed class Rise(Trail trail) : AsyncFrostingTask
    {
        public override async Task RunAsync(ICakeContext context)
        {
            trail.Add("Rise begins");
            await Task.Yield();
            trail.Add("Rise ends");
        }
    }

    [IsDependentOn(typeof(Rise))]
    internal sealed class AfterRise(Trail trail) : Step(trail);

    internal sealed class Bare(Trail trail) : IFrostingTask
    {
        public string SkippedMessage => "";

        public Task RunAsync(ICakeContext context)
        {
            trail.Add("Bare runs");
            return Task.CompletedTask;
        }

        public bool ShouldRun(ICakeContext context) => true;

        public void OnError(Exception exception, ICakeContext context) => trail.Add("Bare fails");

        public void Finally(ICakeContext context) => trail.Add("Bare finally");
    }
}
