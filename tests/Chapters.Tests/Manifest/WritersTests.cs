using System.Text.Json.Nodes;

namespace DssPipeline.Chapters.Tests;

public sealed class WritersTests
{
    private static readonly string SchemaPath = Path.Join(Snapshot.Root, "docs", "manifest.schema.json");

    private static readonly string PagePath = Path.Join(Snapshot.Root, "docs", "manifest.md");

    [Fact]
    public void The_schema_in_docs_is_that_of_the_model() => Snapshot.Matches(SchemaWriter.Text(), SchemaPath);

    [Fact]
    public void The_reference_in_docs_is_that_of_the_model() => Snapshot.Matches(ReferenceWriter.Update(File.ReadAllText(PagePath)), PagePath);

    [Fact]
    public void Every_section_has_a_heading_of_its_own()
    {
        var headings = File.ReadLines(PagePath).Where(line => line.StartsWith("##", StringComparison.Ordinal)).Select(line => line.TrimStart('#', ' ')).ToHashSet(StringComparer.Ordinal);

        Assert.All(SectionShape.Root.Keys.Where(key => key.IsSection), key => Assert.Contains(key.Kind is KeyKind.List ? key.Name + "[]" : key.Name, headings));
    }

    [Fact]
    public void Writing_the_page_twice_changes_nothing()
    {
        var once = ReferenceWriter.Update("# Intro\n");

        var twice = ReferenceWriter.Update(once);

        Assert.Equal(once, twice);
    }

    [Theory]
    [MemberData(nameof(ExamplesTests.Names), MemberType = typeof(ExamplesTests))]
    public void Every_example_keeps_the_schema(string name)
    {
        var example = File.ReadAllText(ExamplesTests.PathOf(name));

        Assert.Empty(new SchemaCheck(SchemaWriter.Schema()).Broken(example));
    }

    [Fact]
    public void The_schema_refuses_what_the_reader_refuses()
    {
        var check = new SchemaCheck(SchemaWriter.Schema());

        var broken = check.Broken("name: Demo\nazure: { subscription: 1 }\nvm: { sizee: a }\n");

        Assert.Equal(["/ lacks dss", "/azure lacks location", "/azure lacks tenant", "/azure/subscription is no string", "/name has another pattern", "/vm lacks sshPublicKey", "/vm/sizee is not known"], broken.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_default_keeps_its_own_schema()
    {
        var schema = SchemaWriter.Schema();
        var check = new SchemaCheck(schema);
        var sections = schema["$defs"]!.AsObject().Select(pair => pair.Value!.AsObject()).Prepend(schema);

        var keys = sections.SelectMany(section => section["properties"]!.AsObject()).Select(pair => pair.Value).OfType<JsonObject>().Where(key => key.ContainsKey("default")).ToList();

        Assert.NotEmpty(keys);
        Assert.All(keys, key => Assert.Empty(check.Broken(key["default"]!, key)));
    }
}
