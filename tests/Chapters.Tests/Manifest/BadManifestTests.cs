using DssPipeline.Convergence;

namespace DssPipeline.Chapters.Tests;

public sealed class BadManifestTests
{
    private static readonly string Cases = Path.Join(Snapshot.Folder(), "Bad");

    private static readonly ReadOptions Options = new()
    {
        Variables = name => name == "KEY" ? Forms.Of(Form.SshPublicKey)!.Example : null,
        Files = _ => null,
    };

    public static TheoryData<string> Names => [.. Directory.GetFiles(Cases, "*.yml").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_problem_is_told_at_its_place(string name)
    {
        var text = File.ReadAllText(Path.Join(Cases, name + ".yml"));

        var error = Assert.Throws<ProblemException>(() => ManifestReader.ReadText(text, $"{name}.yml", Options));

        Snapshot.Matches(new ProblemText(Style.Plain).Of(error.Problems), Path.Join(Cases, name + ".verified.txt"));
    }

    [Fact]
    public void There_are_enough_of_them() => Assert.True(Names.Count >= 25);
}
