using System.Text;

namespace DssPipeline.Chapters;

/// <summary>Writes the reference of every key into docs/manifest.md, below the part that people write.</summary>
public static class ReferenceWriter
{
    /// <summary>What follows this line of the page is generated.</summary>
    public const string Border = "<!-- From here on generated from the model. A test keeps it current; run the tests with ACCEPT_SNAPSHOTS=1 to write it anew. -->";

    /// <summary>The page with its generated part made anew.</summary>
    public static string Update(string page)
    {
        var border = page.IndexOf(Border, StringComparison.Ordinal);
        return (border < 0 ? page : page[..border]) + Border + "\n" + Keys();
    }

    private static string Keys()
    {
        var page = new StringBuilder();
        Section(page, SectionShape.Root, "", "The manifest", "Its keys. All but the first are sections of their own.");
        return page.ToString();
    }

    private static void Section(StringBuilder page, SectionShape shape, string path, string heading, string intro)
    {
        var level = path.Length == 0 ? "##" : path.Contains('.', StringComparison.Ordinal) ? "####" : "###";
        page.Append($"\n{level} {heading}\n\n{intro}\n\n| key | value | default | change | |\n| --- | --- | --- | --- | --- |\n");
        foreach (var key in shape.Keys) page.Append(Row(shape, key));
        if (path.Length == 0) page.Append($"| `{EnvironmentOverlay.Key}` | names with sections | none | run only | What differs in each environment; see above. |\n");

        foreach (var key in shape.Keys.Where(key => key.IsSection))
        {
            var below = path.Length == 0 ? key.Name : $"{path}.{key.Name}";
            if (key.Kind is KeyKind.List) below += "[]";
            Section(page, key.Section, below, below, $"{key.Key.Description}");
        }
    }

    private static string Row(SectionShape shape, KeyShape key)
    {
        var standard = key.Required ? "**required**" : Cell(Defaults.Words(shape, key));
        return $"| `{key.Name}` | {Cell(Words.Type(key))} | {standard} | {Words.EffectInBrief(key.Key.Effect)} | {Cell(key.Key.Description)} |\n";
    }

    /// <summary>Text that Markdown shows as it is; what stands in backticks is left alone, save for the border of the cell.</summary>
    private static string Cell(string text)
    {
        var parts = text.Replace("|", "\\|", StringComparison.Ordinal).Split('`');
        for (var index = 0; index < parts.Length; index += 2)
        {
            parts[index] = parts[index].Replace("<", "&lt;", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
        }

        return string.Join('`', parts);
    }
}
