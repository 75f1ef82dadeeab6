using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters.Tests;

/// <summary>What the task declares for each registry, and what it leaves to people.</summary>
public sealed class PushImagesTaskTests
{
    private const string Elsewhere = "containers.registryUrl=registry.example";

    [Fact]
    public void A_registry_of_Azure_gets_its_images_and_leaves_nothing_to_people()
    {
        var (ids, left) = Told();

        Assert.Equal(["machine/registryLogin/dssuser", "dss/pushedImage/crreference.azurecr.io/containerExec", "dss/pushedImage/crreference.azurecr.io/spark"], ids);
        Assert.Null(left);
    }

    [Fact]
    public void For_a_registry_of_others_it_is_said_what_is_done_what_is_not_and_what_people_do()
    {
        var (ids, left) = Told(Elsewhere);

        Assert.Equal(["machine/registryLogin/dssuser"], ids);
        Assert.Contains("base images are not pushed to registry.example", left, StringComparison.Ordinal);
        Assert.Contains("They are built, and DSS is told to use that registry", left, StringComparison.Ordinal);
        Assert.Contains("sign dssuser in to it, and push them in DSS", left, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nothing_is_pushed_nothing_is_left_to_people() =>
        Assert.Null(Told(Elsewhere, "images.containerExec.build=false", "images.spark.build=false").Left);

    private static (IReadOnlyList<string> Ids, string? Left) Told(params string[] sets)
    {
        var manifest = Examples.Read("reference", sets);
        var machine = new Machine(new() { Host = new("machine", "host", "vm") }, new ProcessShell("false", []), TimeProvider.System);
        var images = new ImageRegistry(AzureEndpoints.Public, Azure.Core.DelegatedTokenCredential.Create((_, _) => throw new InvalidOperationException("Nobody asks.")), new());
        var task = new PushImagesTask(machine, SilentDss.Of(manifest), images);
        return ([.. task.Declare(manifest).Select(resource => $"{resource.Id}")], task.LeftToPeople(manifest));
    }
}
