namespace DssPipeline.Planes.Tests;

/// <summary>Pending updates, counted by the real dnf from the metadata on the disk.</summary>
public sealed class UpdatesTests(TinyRepository repository) : DnfTests(repository)
{
    [Fact]
    public async Task What_is_pending_is_counted_installed_and_gone()
    {
        var updates = Updates("all");
        await Machine.Packages(new() { { "install", "tiny 1.0" }, { "install", "tool" } }).MakeAsync();

        var before = await updates.LookAsync();
        await updates.MakeAsync();
        var (after, again) = (await updates.LookAsync(), await updates.LookAsync());

        Assert.Equal("""{"pending":1}""", before!.ToJsonString());
        Assert.Equal("""{"pending":0}""", after!.ToJsonString());
        Assert.Equal("""{"pending":0}""", again!.ToJsonString());
        Assert.Equal("2.0", await Machine.DoAsync("cat /opt/tiny/tiny"));
    }

    [Fact]
    public async Task What_is_held_is_not_pending()
    {
        await Machine.Packages(new() { { "install", "tiny 1.0" }, { "hold", "tiny" } }).MakeAsync();

        Assert.Equal("""{"pending":0}""", (await Updates("all").LookAsync())!.ToJsonString());
    }

    [Fact]
    public async Task An_update_that_mends_no_security_hole_is_none_of_security()
    {
        await Machine.Packages(new() { { "install", "tiny 1.0" } }).MakeAsync();

        Assert.Equal("""{"pending":0}""", (await Updates("security").LookAsync())!.ToJsonString());
    }

    [Fact]
    public async Task A_machine_that_was_never_told_of_updates_says_that_and_is_brought_up_to_date()
    {
        var updates = Updates("all");

        var before = await updates.LookAsync();
        await updates.MakeAsync();

        Assert.Equal("""{"pending":"unknown"}""", before!.ToJsonString());
        Assert.Equal("""{"pending":0}""", (await updates.LookAsync())!.ToJsonString());
    }

    private Probe Updates(string kind) => new(Machine.Inside, "updates", kind, new() { { "kind", kind } }) { Turn = "dnf", TakesLong = true };
}
