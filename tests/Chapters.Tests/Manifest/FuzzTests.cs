using System.Text;
using DssPipeline.Convergence;
using FsCheck;
using FsCheck.Fluent;

namespace DssPipeline.Chapters.Tests;

/// <summary>Random texts: never anything but a manifest or its problems.</summary>
public sealed class FuzzTests
{
    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(400).WithReplay(20_260_511, 7);

    private static readonly string[] Pieces =
    [
        "name", "azure", "vm", "dss", "adls", "aks", "network", "environments", "sku", "account", "containers", "clusters", "pools", ":", ": ", "\n", "\n  ", "\n    - ", "- ", "[", "]", "{", "}", ",", "\"", "'",
        "${env:KEY}", "${", "}", "$${", "&a ", "*a", "!!str ", "<<", "|", ">", "#", "\t", "~", "null", "true", "1", "-1", "1e9", "10.0.0.0/16", "10.0.0.10", "Standard_D8s_v5", "é", "\u0000", "\uFEFF", "\uD800", "%", "---", "...", "? ",
    ];

    private static readonly string[] Examples = [.. ExamplesTests.Names.Select(row => File.ReadAllText(ExamplesTests.PathOf(row.Data)))];

    [Fact]
    public void Any_text_is_a_manifest_or_its_problems() => Prop.ForAll(ArbMap.Default.ArbFor<string>(), Reads).Check(Runs);

    [Fact]
    public void Any_words_of_manifests_are_a_manifest_or_its_problems()
    {
        var texts = Gen.Elements(Pieces).ListOf().Select(string.Concat);

        Prop.ForAll(texts.ToArbitrary(), Reads).Check(Runs);
    }

    [Fact]
    public void Any_mutated_example_is_a_manifest_or_its_problems()
    {
        var mutations = from example in Gen.Elements(Examples)
                        from steps in Mutation().ListOf(6)
                        select steps.Aggregate(example, (text, step) => step(text));

        Prop.ForAll(mutations.ToArbitrary(), Reads).Check(Runs);
    }

    [Fact]
    public void Any_example_with_lines_taken_out_is_a_manifest_or_its_problems()
    {
        var thinned = from example in Gen.Elements(Examples)
                      from keep in Gen.Choose(0, 9).ListOf(400)
                      select string.Join('\n', example.Split('\n').Where((_, line) => keep[line % keep.Count] > 0));

        Prop.ForAll(thinned.ToArbitrary(), Reads).Check(Runs);
    }

    [Fact]
    public void Any_setting_is_taken_or_told()
    {
        var settings = from path in Gen.Elements("name", "vm.size", "adls[stdemo].sku", "adls[0]", "aks.clusters[0].pools[0]", "aks.clusters[x", "vm..size", "network.allowedSources", "environments.x", "azure.tags.a", "aks.nodePools[nodes]", "dss.settings.a.b")
                       from value in Gen.Elements(Pieces).ListOf(3).Select(string.Concat)
                       select $"{path}={value}";

        Prop.ForAll(settings.ToArbitrary(), setting => Only(() => Sample.Read("", setting))).Check(Runs);
    }

    [Fact]
    public void Any_bytes_are_a_manifest_or_its_problems()
    {
        var path = Path.GetTempFileName();

        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
        {
            File.WriteAllBytes(path, bytes);
            Only(() => ManifestReader.Read(path, Sample.Options));
        }).Check(Runs);

        File.Delete(path);
    }

    private static Gen<Func<string, string>> Mutation() =>
        from at in Gen.Choose(0, 100_000)
        from length in Gen.Choose(0, 12)
        from piece in Gen.Elements(Pieces)
        from kind in Gen.Choose(0, 2)
        select new Func<string, string>(text =>
        {
            var start = text.Length == 0 ? 0 : at % text.Length;
            var end = Math.Min(text.Length, start + length);
            return kind switch
            {
                0 => text[..start] + piece + text[start..],
                1 => text[..start] + text[end..],
                _ => text[..start] + piece + text[end..],
            };
        });

    private static void Reads(string? text) => Only(() => ManifestReader.ReadText(text ?? "", "fuzz.yml", Sample.Options));

    private static void Only(Func<Manifest> read)
    {
        try
        {
            Assert.NotNull(read());
        }
        catch (ProblemException problems)
        {
            Assert.NotEmpty(problems.Problems);
            Assert.All(problems.Problems, problem => Assert.False(string.IsNullOrWhiteSpace(problem.Detail)));
        }
    }
}
