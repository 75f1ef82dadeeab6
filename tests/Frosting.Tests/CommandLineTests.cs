using Cake.Common;
using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Frosting;

namespace Frosting.Tests;

public sealed class CommandLineTests
{
    [Fact]
    public void Several_targets_run_in_the_order_of_the_tasks_and_what_they_share_once()
    {
        var kitchen = new Kitchen(typeof(Mix), typeof(Bake), typeof(Chill));

        kitchen.Run("-t", "Chill", "--target=Bake");

        Assert.Equal(["Mix", "Bake", "Chill"], kitchen.Steps);
    }

    [Theory]
    [InlineData("--exclusive")]
    [InlineData("-e")]
    public void Exclusive_runs_the_target_alone(string option)
    {
        var kitchen = new Kitchen(typeof(Mix), typeof(Bake));

        kitchen.Run("--target", "Bake", option);

        Assert.Equal(["Bake"], kitchen.Steps);
    }

    [Theory]
    [InlineData("quiet", false, false)]
    [InlineData("normal", true, false)]
    [InlineData("diagnostic", true, true)]
    public void Verbosity_decides_what_is_told(string verbosity, bool information, bool debug)
    {
        var kitchen = new Kitchen(typeof(Talk));

        kitchen.Run("--target", "Talk", "-v", verbosity);

        Assert.Equal(information, kitchen.Output.Contains("the cake is ready", StringComparison.Ordinal));
        Assert.Equal(debug, kitchen.Output.Contains("180 degrees", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_not_the_hosts_is_left_to_the_tasks()
    {
        var kitchen = new Kitchen(typeof(Listen));

        kitchen.Run("--target", "Listen", "--manifest", "a.yml", "--set", "x=1", "--set=y=2", "--sandbox", "--plan-file=p.json");

        Assert.Equal(["manifest a.yml", "set x=1,y=2", "sandbox True", "plan-file p.json", "absent False"], kitchen.Steps);
    }

    [Fact]
    public void A_flag_with_a_value_belongs_to_the_tasks()
    {
        var kitchen = new Kitchen(typeof(Release));

        kitchen.Run("--target", "Release", "--version=1.2.3");

        Assert.Equal(["release 1.2.3"], kitchen.Steps);
    }

    [Fact]
    public void The_report_can_be_left_out()
    {
        var kitchen = new Kitchen(typeof(Mix));

        kitchen.Run("--target", "Mix", "--no-report");

        Assert.Equal(["Mix"], kitchen.Steps);
        Assert.Empty(kitchen.Report);
    }

    [Fact]
    public void An_unknown_target_is_an_error_that_names_it()
    {
        var kitchen = new Kitchen(typeof(Mix));

        var code = kitchen.Run("--target", "Mixx");

        Assert.Equal(255, code);
        Assert.Contains("Mixx", kitchen.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_option_value_is_an_error()
    {
        var kitchen = new Kitchen(typeof(Mix));

        var code = kitchen.Run("--target", "Mix", "--verbosity", "shouting");

        Assert.Equal(255, code);
        Assert.Empty(kitchen.Steps);
    }

    [Fact]
    public void The_working_directory_is_entered_before_its_cake_config_is_read()
    {
        var kitchen = new Kitchen(typeof(Probe));

        kitchen.Run("--target", "Probe", "--working", Path.Combine(AppContext.BaseDirectory, "Working"));

        Assert.Equal(["Working: working"], kitchen.Steps);
    }

    [Fact]
    public void A_missing_working_directory_is_an_error_that_names_it()
    {
        var kitchen = new Kitchen(typeof(Mix));
        kitchen.Host.UseWorkingDirectory("/nowhere/at/all");

        var code = kitchen.Run("--target", "Mix");

        Assert.Equal(255, code);
        Assert.Contains("/nowhere/at/all", kitchen.Errors, StringComparison.Ordinal);
        Assert.Empty(kitchen.Steps);
    }

    [Fact]
    public void Settings_of_the_host_reach_Cakes_configuration()
    {
        var kitchen = new Kitchen(typeof(Settings));
        kitchen.Host.UseCakeSetting("Mood", "calm").SetToolPath("./spoons");

        kitchen.Run("--target", "Settings");

        Assert.Equal(["calm spoons"], kitchen.Steps);
    }

    internal abstract class Step(Trail trail) : FrostingTask
    {
        public override void Run(ICakeContext context) => trail.Add(GetType().Name);
    }

    internal sealed class Mix(Trail trail) : Step(trail);

    [IsDependentOn(typeof(Mix))]
    internal sealed class Bake(Trail trail) : Step(trail);

    [IsDependentOn(typeof(Mix))]
    internal sealed class Chill(Trail trail) : Step(trail);

    internal sealed class Talk : FrostingTask
    {
        public override void Run(ICakeContext context)
        {
            context.Log.Information("the cake is ready");
            context.Log.Debug("180 degrees");
        }
    }

    internal sealed class Listen(Trail trail) : FrostingTask
    {
        public override void Run(ICakeContext context)
        {
            trail.Add($"manifest {context.Argument<string>("manifest")}");
            trail.Add($"set {string.Join(',', context.Arguments<string>("set"))}");
            trail.Add($"sandbox {context.HasArgument("sandbox")}");
            trail.Add($"plan-file {context.Argument<string>("plan-file")}");
            trail.Add($"absent {context.HasArgument("absent")}");
        }
    }

    internal sealed class Release(Trail trail) : FrostingTask
    {
        public override void Run(ICakeContext context) => trail.Add($"release {context.Argument<string>("version")}");
    }

    internal sealed class Probe(Trail trail) : FrostingTask
    {
        public override void Run(ICakeContext context) =>
            trail.Add($"{context.Environment.WorkingDirectory.GetDirectoryName()}: {context.Configuration.GetValue("Settings_Probe")}");
    }

    internal sealed class Settings(Trail trail) : FrostingTask
    {
        public override void Run(ICakeContext context) =>
            trail.Add($"{context.Configuration.GetValue("Mood")} {context.Configuration.GetValue("Paths_Tools")}");
    }
}
