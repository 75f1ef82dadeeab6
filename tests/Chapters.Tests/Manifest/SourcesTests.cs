using DssPipeline.Convergence;

namespace DssPipeline.Chapters.Tests;

public sealed class SourcesTests
{
    private const string Hunter = "hunter2-value-of-the-secret";

    private static readonly ReadOptions Options = Sample.Options with
    {
        Variables = name => name switch { "KEY" => Forms.Of(Form.SshPublicKey)!.Example, "SECRET" => Hunter, "TEAM" => "blue", "PORT" => "12000", _ => null },
        Files = path => path == "license.json" ? Hunter : null,
    };

    [Fact]
    public void Variables_and_files_become_secrets()
    {
        var manifest = Sample.ReadDss(Options, "adminPassword: ${env:SECRET}", "license: ${file:license.json}");

        Assert.Equal((Hunter, Hunter), (manifest.Dss.AdminPassword!.Known!.Reveal(), manifest.Dss.License!.Known!.Reveal()));
    }

    [Fact]
    public void A_secret_of_a_vault_is_fetched_later()
    {
        var manifest = Sample.ReadDss(Options, "license: ${keyvault:kv-demo/dss-license}");

        Assert.Equal(new VaultSecret("kv-demo", "dss-license"), manifest.Dss.License!.Kept);
        Assert.Null(manifest.Dss.License.Known);
    }

    [Fact]
    public void Texts_and_numbers_are_filled_in()
    {
        var manifest = Sample.ReadDss(Options with { Sets = ["azure.resourceGroup=rg-${env:TEAM}"] }, "port: ${env:PORT}");

        Assert.Equal(("rg-blue", 12000), (manifest.Azure.ResourceGroup, manifest.Dss.Port));
    }

    [Fact]
    public void Two_dollars_are_one()
    {
        var manifest = Sample.Read("", "aks.nodePools[nodes].labels={ a: \"$${env:X}\" }");

        Assert.Equal("${env:X}", manifest.Aks.NodePools[0].Labels["a"]);
    }

    [Fact]
    public void Variables_of_DSS_are_passed_on()
    {
        var manifest = Sample.Read("containers: { executionConfigs: [{ name: a, namespace: \"dssns-${dssUserLogin}\" }] }\n");

        Assert.Equal("dssns-${dssUserLogin}", manifest.Containers.ExecutionConfigs[0].Namespace);
    }

    [Fact]
    public void A_stand_in_takes_the_place_of_what_is_absent_in_a_rehearsal()
    {
        var rehearsal = new ReadOptions { Missing = MissingSources.StandIn, Variables = _ => null, Files = _ => null };

        var manifest = Sample.ReadDss(rehearsal, "license: ${env:SECRET}", "port: ${env:PORT}");

        Assert.True(manifest.Dss.License!.IsStandIn);
        Assert.StartsWith("ssh-ed25519 ", manifest.Vm.SshPublicKey, StringComparison.Ordinal);
    }

    [Fact]
    public void No_text_of_a_manifest_holds_a_secret()
    {
        var manifest = Sample.ReadDss(Options, "license: ${env:SECRET}");

        Assert.DoesNotContain(Hunter, $"{manifest} {manifest.Dss} {manifest.Dss.License}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("version: ${env:SECRET}")]
    [InlineData("nodeType: ${env:SECRET}")]
    [InlineData("port: ${env:SECRET}")]
    [InlineData("r: ${env:SECRET}")]
    [InlineData("dataDirectory: /data/${env:SECRET}/../x")]
    [InlineData("license: ${env:SECRET}-more")]
    [InlineData("https: { hostName: \"${env:SECRET}_\" }")]
    public void No_problem_shows_what_a_source_holds(string line)
    {
        var text = line.StartsWith("version", StringComparison.Ordinal) ? Sample.Text.Replace("version: 14.2.0", line, StringComparison.Ordinal) : Sample.WithDss(line);

        var error = Assert.Throws<ProblemException>(() => ManifestReader.ReadText(text, "demo.yml", Options));

        Assert.DoesNotContain(Hunter, $"{error}{string.Join('\n', error.Problems)}", StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_looked_for_beside_the_manifest()
    {
        var folder = Directory.CreateTempSubdirectory("manifest").FullName;
        var path = Path.Join(folder, "deployment.yml");
        File.WriteAllText(path, Sample.WithDss("license: ${file:license.json}"));
        File.WriteAllText(Path.Join(folder, "license.json"), "{}\n");

        var manifest = ManifestReader.Read(path, Options with { Files = FileSource.Read });

        Assert.Equal("{}", manifest.Dss.License!.Known!.Reveal());
        Directory.Delete(folder, recursive: true);
    }
}
