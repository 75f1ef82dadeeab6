using Cake.Core;
using Cake.Core.Composition;
using Cake.Core.IO;
using Cake.Core.Packaging;
using Cake.Frosting;
using Microsoft.Extensions.DependencyInjection;

namespace Frosting.Tests;

/// <summary>What fits together, and what does not.</summary>
public sealed class FittingTests
{
    [Fact]
    public void A_dependency_that_is_no_task_is_an_error_that_names_both()
    {
        var kitchen = new Kitchen(typeof(Mix), typeof(Confused));

        var code = kitchen.Run("--target", "Mix");

        Assert.Equal(255, code);
        Assert.Empty(kitchen.Steps);
        Assert.Contains("Confused", kitchen.Errors, StringComparison.Ordinal);
        Assert.Contains(typeof(Spoon).FullName!, kitchen.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dependee_that_is_no_task_is_an_error_that_names_both()
    {
        var kitchen = new Kitchen(typeof(Mix), typeof(ConfusedBackwards));

        var code = kitchen.Run("--target", "Mix");

        Assert.Equal(255, code);
        Assert.Contains("ConfusedBackwards", kitchen.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_task_for_another_context_is_left_out_with_a_warning()
    {
        var kitchen = new Kitchen(typeof(Mix), typeof(Foreign));

        var code = kitchen.Run("--target", "Mix");

        Assert.Equal(0, code);
        Assert.Equal(["Mix"], kitchen.Steps);
        Assert.Contains("Foreign", kitchen.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(kitchen.Report, entry => entry.TaskName == "Foreign");
    }

    [Fact]
    public void A_task_for_another_context_below_an_abstract_base_is_left_out_too()
    {
        var kitchen = new Kitchen(typeof(ForeignHeir));

        var code = kitchen.Run("--target", "ForeignHeir");

        Assert.Equal(255, code);
        Assert.Contains("not found", kitchen.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Abstract_and_unrelated_types_of_an_assembly_are_no_tasks()
    {
        var kitchen = new Kitchen(typeof(Mix), typeof(ForeignBase), typeof(Spoon), typeof(IFrostingTask));

        var code = kitchen.Run("--description");

        Assert.Equal(0, code);
        Assert.Contains("Mix", kitchen.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("ForeignBase", kitchen.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Spoon", kitchen.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_assembly_added_twice_counts_once()
    {
        var kitchen = new Kitchen();
        var assembly = new TaskAssembly(typeof(Mix));

        var code = kitchen.Host.AddAssembly(assembly).AddAssembly(assembly).Run(["--target", "Mix"]);

        Assert.Equal(0, code);
        Assert.Equal(["Mix"], kitchen.Steps);
    }

    [Fact]
    public void A_startup_registers_what_a_host_would()
    {
        var kitchen = new Kitchen(typeof(Foreign));
        kitchen.Host.UseStartup<Startup>();

        var code = kitchen.Run("--target", "Foreign");

        Assert.Equal(0, code);
        Assert.Equal(["Foreign"], kitchen.Steps);
    }

    [Fact]
    public void A_module_registers_into_the_host()
    {
        var kitchen = new Kitchen(typeof(Stir));
        kitchen.Host.UseModule<Drawer>();

        kitchen.Run("--target", "Stir");

        Assert.Equal(["stirred with a Spoon"], kitchen.Steps);
    }

    [Fact]
    public void A_tool_is_installed_by_the_installer_that_knows_it()
    {
        var kitchen = new Kitchen(typeof(Mix));
        kitchen.Host.UsePackageInstaller<Shop>().InstallTool(new Uri("shop:?package=Whisk&version=1.0.0"));

        kitchen.Run("--target", "Mix");

        Assert.Equal(["bought Whisk", "Mix"], kitchen.Steps);
    }

    internal sealed class Spoon;

    internal sealed class Mix(Trail trail) : FrostingTask
    {
        public override void Run(ICakeContext context) => trail.Add("Mix");
    }

    [IsDependentOn(typeof(Spoon))]
    internal sealed class Confused : FrostingTask;

    [IsDependeeOf(typeof(Spoon))]
    internal sealed class ConfusedBackwards : FrostingTask;

    internal sealed class OtherContext(ICakeContext context) : FrostingContext(context);

    internal sealed class Foreign(Trail trail) : FrostingTask<OtherContext>
    {
        public override void Run(OtherContext context) => trail.Add("Foreign");
    }

    internal abstract class ForeignBase : AsyncFrostingTask<OtherContext>;

    internal sealed class ForeignHeir : ForeignBase;

    internal sealed class Startup : IFrostingStartup
    {
        public void Configure(IServiceCollection services) => services.UseContext<OtherContext>();
    }

    internal sealed class Stir(Trail trail, Spoon spoon) : FrostingTask
    {
        public override void Run(ICakeContext context) => trail.Add($"stirred with a {spoon.GetType().Name}");
    }

    internal sealed class Drawer : ICakeModule
    {
        public void Register(ICakeContainerRegistrar registrar) => registrar.RegisterType(typeof(Spoon)).AsSelf().Singleton();
    }

    internal sealed class Shop(Trail trail, IFileSystem files) : IPackageInstaller
    {
        public bool CanInstall(PackageReference package, PackageType type) => package.Scheme == "shop";

        public IReadOnlyCollection<IFile> Install(PackageReference package, PackageType type, DirectoryPath path)
        {
            trail.Add($"bought {package.Package}");
            return [files.GetFile(typeof(Shop).Assembly.Location)];
        }
    }
}
