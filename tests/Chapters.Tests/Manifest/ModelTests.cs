using System.Reflection;

namespace DssPipeline.Chapters.Tests;

public sealed class ModelTests
{
    public static TheoryData<Form> AllForms => [.. Enum.GetValues<Form>().Where(form => form is not Form.Text)];

    [Theory]
    [MemberData(nameof(AllForms))]
    public void Every_form_has_a_rule_that_its_example_keeps(Form form)
    {
        var rule = Forms.Of(form);

        Assert.NotNull(rule);
        Assert.True(rule.Accepts(rule.Example), rule.Example);
    }

    [Fact]
    public void Every_value_that_can_be_written_is_a_key()
    {
        var sections = Sections(SectionShape.Root).Select(shape => shape.Type).Distinct();

        var strays = sections.SelectMany(type => type.GetProperties()).Where(property => property.SetMethod is not null && property.GetCustomAttribute<KeyAttribute>() is null);

        Assert.Equal(["Places"], strays.Select(property => property.Name));
    }

    [Fact]
    public void Every_description_is_a_sentence()
    {
        var keys = Sections(SectionShape.Root).Distinct().SelectMany(shape => shape.Keys);

        Assert.All(keys, key => Assert.True(key.Key.Description.EndsWith('.') && (char.IsUpper(key.Key.Description[0]) || key.Key.Description[0] == '`' || key.Key.Description.StartsWith("kubectl", StringComparison.Ordinal)), key.Key.Description));
    }

    [Fact]
    public void Every_default_keeps_the_rule_of_its_key()
    {
        var texts = Sections(SectionShape.Root).Distinct()
            .SelectMany(shape => shape.Keys.Where(key => key is { Kind: KeyKind.One, Required: false } && key.Type == typeof(string)).Select(key => (key, text: key.Read(shape.Blank()) as string)))
            .Where(pair => pair.text is not null)
            .ToList();

        Assert.NotEmpty(texts);
        Assert.All(texts, pair => Assert.True(pair.text == pair.key.Key.Also || (pair.key.Values is [] ? Forms.Accepts(pair.key.Key.Form, pair.text!) : pair.key.Values.Contains(pair.text!)), $"{pair.key.Name}: {pair.text}"));
    }

    [Fact]
    public void Every_list_that_is_referred_to_exists()
    {
        var lists = Sections(SectionShape.Root).SelectMany(shape => shape.Keys).Select(key => key.Key.RefersTo).OfType<string>().Distinct();

        Assert.All(lists, list => Assert.NotNull(list.Split('.').Aggregate(SectionShape.Root, (shape, step) => shape.Find(step)!.Section).Identity));
    }

    [Fact]
    public void The_sections_are_those_of_the_design_in_its_order()
    {
        var names = SectionShape.Root.Keys.Select(key => key.Name);

        Assert.Equal(["name", "azure", "network", "identity", "registry", "vm", "dss", "images", "containers", "spark", "adls", "aks", "projects", "policy"], names);
    }

    [Fact]
    public void A_blank_section_shares_nothing_with_another()
    {
        var (one, other) = ((Manifest)SectionShape.Root.Blank(), (Manifest)SectionShape.Root.Blank());

        Assert.NotSame(one.Network, other.Network);
        Assert.NotSame(one.Dss.Settings, other.Dss.Settings);
    }

    private static IEnumerable<SectionShape> Sections(SectionShape shape) =>
        shape.Keys.Where(key => key.IsSection).SelectMany(key => Sections(key.Section)).Prepend(shape);
}
