using DssPipeline.Convergence;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace DssPipeline.Chapters;

/// <summary>Builds the values of one YAML document, and refuses whatever makes YAML surprising: anchors, aliases, tags, merge keys, several documents.</summary>
internal sealed class YamlReader(Func<Mark, Place> place, Findings findings)
{
    // A manifest is about eight deep; what is passed on to DSS may be deeper. Both limits keep hostile files cheap.
    private const int MostDepth = 32;
    private const int MostValues = 20_000;

    private int values;

    /// <summary>The one document of the text; null when it is empty.</summary>
    public YamlValue? Read(string text)
    {
        var scanner = new Scanner(new StringReader(text), skipComments: true);
        var parser = new Parser(scanner);
        try
        {
            parser.MoveNext();
            parser.MoveNext();
            if (parser.Current is StreamEnd) return null;

            parser.MoveNext();
            var value = Value(parser, 0);
            parser.MoveNext();
            if (parser.Current is DocumentStart second) throw Refused(second.Start, "A second document starts here. A manifest is one document; overlays are files of their own.");
            return value;
        }
        catch (YamlException error)
        {
            throw new ProblemException(NotYaml(text, error.Message, error.Start));
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or IndexOutOfRangeException or FormatException or NullReferenceException)
        {
            // Texts that no person writes make the parser itself stumble, for instance quotes and brackets thrown together.
            throw new ProblemException(NotYaml(text, "something stands here that makes no sense", scanner.CurrentPosition));
        }
    }

    private YamlValue Value(Parser parser, int depth)
    {
        if (++values > MostValues) throw Refused(parser.Current!.Start, $"The file holds more than {MostValues} values, and no deployment needs as many.");
        if (depth > MostDepth) throw Refused(parser.Current!.Start, $"Values are nested more than {MostDepth} deep here.");

        return parser.Current switch
        {
            Scalar scalar => Text(parser, scalar),
            SequenceStart start => List(parser, start, depth),
            MappingStart start => Map(parser, start, depth),
            AnchorAlias alias => throw Refused(alias.Start, $"*{alias.Value} repeats a value by its anchor. Write the value out: a reader should see what counts."),
            var other => throw Refused(other!.Start, "This is no value."),
        };
    }

    private YamlText Text(Parser parser, Scalar scalar)
    {
        RefuseDecoration(scalar);
        parser.MoveNext();
        return new(place(scalar.Start), scalar.Value, scalar.Style is ScalarStyle.Plain);
    }

    private YamlList List(Parser parser, SequenceStart start, int depth)
    {
        RefuseDecoration(start);
        parser.MoveNext();
        var items = new List<YamlValue>();
        while (parser.Current is not SequenceEnd) items.Add(Value(parser, depth + 1));
        parser.MoveNext();
        return new(place(start.Start), items);
    }

    private YamlMap Map(Parser parser, MappingStart start, int depth)
    {
        RefuseDecoration(start);
        parser.MoveNext();
        var entries = new Dictionary<string, YamlEntry>(StringComparer.Ordinal);
        while (parser.Current is not MappingEnd)
        {
            var entry = Entry(parser, depth);
            if (!entries.TryAdd(entry.Key, entry)) Duplicate(entry, entries[entry.Key]);
        }

        parser.MoveNext();
        return new(place(start.Start), [.. entries.Values]);
    }

    private YamlEntry Entry(Parser parser, int depth)
    {
        if (parser.Current is AnchorAlias) Value(parser, depth);
        if (parser.Current is not Scalar key) throw Refused(parser.Current!.Start, "A key must be a text.");
        if (key is { Value: "<<", Style: ScalarStyle.Plain }) throw Refused(key.Start, "<< merges another map in. Write the keys out, or use an overlay.");

        RefuseDecoration(key);
        parser.MoveNext();
        return new(key.Value, place(key.Start), Value(parser, depth + 1));
    }

    private void RefuseDecoration(NodeEvent node)
    {
        if (!node.Anchor.IsEmpty) throw Refused(node.Start, $"&{node.Anchor.Value} sets an anchor. Anchors are not allowed: write values out, or use an overlay.");
        if (!node.Tag.IsEmpty) throw Refused(node.Start, $"{Short(node.Tag.Value)} is a tag. Tags are not allowed: the manifest knows the type of each key.");
    }

    private ProblemException Refused(Mark mark, string detail) =>
        new(new Problem(Summaries.NotAllowed, detail) { Place = place(mark).ToString() });

    private void Duplicate(YamlEntry again, YamlEntry first) =>
        findings.Add(again.Place, Summaries.DuplicateKey, $"{again.Key} stands in the same map already, at {first.Place}. Only one can count: remove the other.");

    private static string Short(string tag) => tag.Replace("tag:yaml.org,2002:", "!!", StringComparison.Ordinal);

    private Problem NotYaml(string text, string message, Mark mark)
    {
        // The parser loses its place at a tab, so the first line that is indented with one is looked for.
        var lines = text.Split('\n');
        var tabs = lines.Index().Where(line => line.Item.TrimStart(' ').StartsWith('\t')).ToList();
        var (cause, at) = tabs is [var tab, ..]
            ? ("A tab indents this line. Indent with blanks.", place(new(0, tab.Index + 1, tab.Item.IndexOf('\t', StringComparison.Ordinal) + 1)))
            : ($"The parser says: {message.TrimEnd('.')}.", place(mark));
        if (tabs is [] && lines.Any(line => line.Contains("{ ", StringComparison.Ordinal) && line.Contains(": ${", StringComparison.Ordinal))) cause += " Between { and }, a ${…} must stand in quotes.";
        return new(Summaries.NotYaml, $"{cause} What follows is unread.") { Place = at.ToString() };
    }
}
