using DssPipeline.Convergence;

namespace DssPipeline.Chapters.Tests;

public sealed class OverlayTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("manifest").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Sections_merge_key_by_key()
    {
        var manifest = Sample.Read(Sample.Options with { Environment = "prod" }, """
            environments:
              prod:
                vm: { size: Standard_E16s_v5 }
                dss: { port: 12000 }
            """);

        Assert.Equal(("Standard_E16s_v5", 12000, "14.2.0"), (manifest.Vm.Size, manifest.Dss.Port, manifest.Dss.Version));
    }

    [Fact]
    public void Named_items_merge_by_name_and_others_are_added()
    {
        var manifest = Sample.Read(Sample.Options with { Environment = "prod" }, """
            environments:
              prod:
                adls:
                  - account: stother
                    sku: Standard_ZRS
                  - account: stthird
                    containers: [more]
            """);

        Assert.Equal(["stdemo Standard_LRS data", "stother Standard_ZRS data", "stthird Standard_LRS more"], manifest.Adls.Select(account => $"{account.Account} {account.Sku} {account.Containers[0]}"));
    }

    [Fact]
    public void Lists_without_names_are_replaced()
    {
        var manifest = Sample.Read(Sample.Options with { Environment = "prod" }, "environments: { prod: { network: { allowedSources: [198.51.100.0/24] } } }");

        Assert.Equal(["198.51.100.0/24"], manifest.Network.AllowedSources);
    }

    [Fact]
    public void An_empty_value_brings_the_default_back()
    {
        var manifest = Sample.Read(Sample.Options with { Environment = "prod" }, "registry: { sku: Premium }\nenvironments: { prod: { registry: { sku: } } }");

        Assert.Equal("Standard", manifest.Registry.Sku);
    }

    [Fact]
    public void Without_an_environment_overlays_are_left_alone()
    {
        var manifest = Sample.Read("environments: { prod: { vm: { size: Standard_E16s_v5 } } }");

        Assert.Equal("Standard_D8s_v5", manifest.Vm.Size);
    }

    [Fact]
    public void The_file_beside_the_manifest_has_the_last_word()
    {
        var path = Write("deployment.yml", Sample.Text + "environments: { prod: { vm: { size: Standard_E16s_v5, zone: \"2\" } } }");
        Write("deployment.prod.yml", "vm:\n  size: Standard_E32s_v5\n");

        var manifest = ManifestReader.Read(path, Sample.Options with { Environment = "prod" });

        Assert.Equal(("Standard_E32s_v5", "2"), (manifest.Vm.Size, manifest.Vm.Zone));
        Assert.Equal($"{Path.Join(folder, "deployment.prod.yml")}:2:9", manifest.Places.Of("/vm/size")!.ToString());
    }

    [Fact]
    public void Problems_of_an_overlay_are_told_in_its_file()
    {
        var path = Write("deployment.yml", Sample.Text);
        var overlay = Write("deployment.prod.yml", "\nvm:\n  sizee: Standard_E32s_v5\n");

        var error = Assert.Throws<ProblemException>(() => ManifestReader.Read(path, Sample.Options with { Environment = "prod" }));

        Assert.Equal($"{overlay}:3:3", Assert.Single(error.Problems).Place);
    }

    [Theory]
    [InlineData("prdo", "The section environments of the manifest has prod")]
    [InlineData("../../etc/passwd", "Unknown environment")]
    public void An_unknown_environment_is_told_with_the_known_ones(string name, string expected)
    {
        var problems = Sample.Problems(Sample.Options with { Environment = name }, "environments: { prod: {} }");

        Assert.Contains(expected, Assert.Single(problems), StringComparison.Ordinal);
        Assert.StartsWith($"--environment {name}: ", problems[0], StringComparison.Ordinal);
    }

    private string Write(string name, string text)
    {
        var path = Path.Join(folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
