namespace DssPipeline.Rehearsal.Tests;

/// <summary>A bad manifest is told in full, at its places, before anybody is asked.</summary>
public sealed class BadManifestTests
{
    private static readonly string Folder = Path.Combine(Host.Home, "tests", "Chapters.Tests", "Manifest", "Bad");

    [Theory]
    [InlineData("several-sections")]
    [InlineData("not-yaml")]
    [InlineData("plain-secrets")]
    public async Task It_is_told_as_documented_and_nothing_is_started(string name)
    {
        using var stage = new Stage();
        var manifest = Path.Combine(Folder, $"{name}.yml");
        var places = File.ReadAllLines(Path.Combine(Folder, $"{name}.verified.txt")).Where(line => line.StartsWith("at ", StringComparison.Ordinal)).Select(line => line[$"at {name}.yml".Length..]).ToList();

        var run = await stage.RunAsync("--manifest", manifest);

        run.Ends(3);
        Assert.NotEmpty(places);
        Assert.All(places, place => Assert.Contains($"{name}.yml{place}", run.Errors, StringComparison.Ordinal));
        Assert.Empty(run.Output);
        Assert.False(Directory.Exists(stage.World));
    }

    [Fact]
    public async Task A_missing_file_is_told()
    {
        var run = await Host.RunAsync("--manifest", "no-such-deployment.yml", "--target", "Plan");

        run.Ends(3).Complains("Error: Manifest not found").Complains("no-such-deployment.yml");
    }
}
