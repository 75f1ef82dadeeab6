using DssPipeline.Chapters;

namespace DssPipeline.Pipelines.Tests;

/// <summary>--target Init begins a repository: three files that fit together, and never one in the place of another.</summary>
public sealed class InitTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("init-");

    [Theory]
    [InlineData("github", ".github/workflows/dss.yml")]
    [InlineData("azure-devops", "azure-pipelines.yml")]
    public async Task An_empty_folder_becomes_a_repository(string vendor, string pipeline)
    {
        var (code, said) = await RunAsync("--name", "demo", "--location", "northeurope", "--vendor", vendor);

        Assert.True(code == 0, said);
        Assert.Equal(new[] { "README.md", "deployment.yml", pipeline }.Order(StringComparer.Ordinal), Files.Order(StringComparer.Ordinal));
        var manifest = ManifestReader.Read(Full("deployment.yml"), new ReadOptions { Missing = MissingSources.StandIn });
        Assert.Equal(("demo", "northeurope", "stdemo"), (manifest.Name, manifest.Azure.Location, Assert.Single(manifest.Adls).Account));
        Assert.All(Files, file => Assert.DoesNotContain("{{n", File.ReadAllText(Full(file)), StringComparison.Ordinal));
        Assert.Contains("--sandbox", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_in_the_way_is_named_and_stays()
    {
        await File.WriteAllTextAsync(Full("README.md"), "mine", TestContext.Current.CancellationToken);

        var (code, said) = await RunAsync("--name", "demo", "--vendor", "github");

        Assert.True(code == 3, said);
        Assert.Contains("Files are in the way", said, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(Full("README.md"), TestContext.Current.CancellationToken));
        Assert.Equal(["README.md"], Files);
    }

    [Theory]
    [InlineData("Starter needs more", "--name", "demo")]
    [InlineData("Unknown vendor", "--name", "demo", "--vendor", "gitlab")]
    [InlineData("Value badly formed", "--name", "Not_A_Name", "--vendor", "github")]
    [InlineData("Value badly formed", "--name", "demo", "--location", "West Europe", "--vendor", "github")]
    [InlineData("Options do not fit together", "--name", "demo", "--vendor", "github", "--manifest", "deployment.yml")]
    public async Task What_does_not_do_is_said_before_anything_is_written(string summary, params string[] options)
    {
        var (code, said) = await RunAsync(options);

        Assert.True(code == 3, said);
        Assert.Contains(summary, said, StringComparison.Ordinal);
        Assert.Empty(Files);
    }

    [Fact]
    public async Task The_folder_names_the_deployment_when_nobody_does()
    {
        var below = folder.CreateSubdirectory("sales-dss").FullName;

        var (code, said) = await RunAsync("--vendor", "github", "--working", below);

        Assert.True(code == 0, said);
        Assert.Contains("name: sales-dss", await File.ReadAllTextAsync(Path.Combine(below, "deployment.yml"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_at_a_terminal_is_asked()
    {
        // The name, the region as offered, and the second vendor.
        var (code, said) = await InitRun.TypeAsync(folder.FullName, "printf 'demo\\r\\r'; printf '\\033[B\\r'");

        Assert.True(code == 0, said);
        Assert.Contains("Name of the deployment", said, StringComparison.Ordinal);
        Assert.Contains("azure-pipelines.yml", Files);
        Assert.Contains("name: demo", await File.ReadAllTextAsync(Full("deployment.yml"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private IReadOnlyList<string> Files => [.. Directory.EnumerateFiles(folder.FullName, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder.FullName, file))];

    private string Full(string file) => Path.Combine(folder.FullName, file);

    private Task<(int Code, string Said)> RunAsync(params string[] options) => InitRun.RunAsync(folder.FullName, options);
}
