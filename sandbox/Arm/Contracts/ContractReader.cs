using System.Text.RegularExpressions;

namespace DssPipeline.Sandbox;

/// <summary>
/// Reads the contracts of one provider. Two spaces indent one level; a line is a member:
/// <c>name</c>, flags (<c>!</c> must be sent, <c>-</c> only comes back, <c>+</c> is only sent), then its shape:
/// <c>string 1..80 /pattern/ secret</c>, <c>integer 1..9</c>, <c>number</c>, <c>boolean</c>, <c>any</c>, <c>object</c>, a definition's name,
/// <c>=A|B</c> one of, <c>~A|B</c> one of these or others, <c>[] shape</c> a list, <c>{} shape</c> a map; no shape: the members below.
/// </summary>
internal sealed class ContractReader
{
    private readonly List<(int Indent, string Text)> lines;
    private readonly Dictionary<string, ContractNode> definitions = new(StringComparer.Ordinal);
    private int next;

    private ContractReader(string text) =>
        lines = [.. text.Split('\n').Where(line => line.Trim().Length > 0).Select(line => (line.Length - line.TrimStart().Length, line.Trim()))];

    public static IReadOnlyList<ArmContract> Read(string text)
    {
        var reader = new ContractReader(text);
        var contracts = new List<ArmContract>();
        while (reader.next < reader.lines.Count)
        {
            var (_, line) = reader.lines[reader.next++];
            if (line.StartsWith("def ", StringComparison.Ordinal)) reader.ReadDefinition(line[4..]);
            else contracts.Add(reader.ReadType(line[5..]));
        }

        return contracts;
    }

    private void ReadDefinition(string line)
    {
        var (name, shape) = Cut(line);
        definitions[name] = ReadShape(shape, 0);
    }

    private ArmContract ReadType(string head)
    {
        var words = head.Split(' ');
        var rules = new List<string>();
        var actions = new Dictionary<string, ContractNode?>(StringComparer.OrdinalIgnoreCase);
        ContractNode? body = null;
        while (next < lines.Count && lines[next].Indent == 2)
        {
            var line = lines[next++].Text;
            if (line == "body") body = ReadShape("", 2);
            else rules.Add(line);
            if (line.StartsWith("action ", StringComparison.Ordinal)) actions[line.Split(' ')[1]] = IsDeeper(2) ? ReadShape("", 2) : null;
        }

        return new ArmContract(words[0], words[1..], body!, actions, ContractRules.Read(rules));
    }

    private bool IsDeeper(int indent) => next < lines.Count && lines[next].Indent > indent;

    private Dictionary<string, ContractNode> ReadMembers(int indent)
    {
        var members = new Dictionary<string, ContractNode>(StringComparer.OrdinalIgnoreCase);
        while (IsDeeper(indent))
        {
            var (at, line) = lines[next++];
            var (head, shape) = Cut(line);
            var name = head.TrimEnd('!', '-', '+');
            var flags = head[name.Length..];
            members[name] = ReadShape(shape, at) with { Required = flags.Contains('!'), ReadOnly = flags.Contains('-'), WriteOnly = flags.Contains('+'), Name = name };
        }

        return members;
    }

    private ContractNode ReadShape(string shape, int indent)
    {
        if (shape.Length == 0) return new(ContractKind.Members) { Members = ReadMembers(indent) };
        if (shape[0] is '=' or '~') return new(ContractKind.Choice) { Choices = shape[1..].Split('|'), Open = shape[0] == '~' };
        if (shape.StartsWith("{}", StringComparison.Ordinal)) return new(ContractKind.Map) { Item = ReadShape(shape[2..].TrimStart(), indent) };
        if (shape[0] == '[')
        {
            var end = shape.IndexOf(']', StringComparison.Ordinal);
            return Bounded(new(ContractKind.List) { Item = ReadShape(shape[(end + 1)..].TrimStart(), indent) }, shape[1..end]);
        }

        return ReadScalar(shape);
    }

    private ContractNode ReadScalar(string shape)
    {
        var (word, rest) = Cut(shape);
        var kind = word switch
        {
            "string" => ContractKind.Text,
            "integer" => ContractKind.Whole,
            "number" => ContractKind.Number,
            "boolean" => ContractKind.Truth,
            "any" => ContractKind.Any,
            "object" => ContractKind.Free,
            _ => (ContractKind?)null,
        };
        return kind is { } known ? Constrained(new(known), rest) : new(definitions, word);
    }

    private static ContractNode Constrained(ContractNode node, string rest)
    {
        if (rest.EndsWith("secret", StringComparison.Ordinal)) (node, rest) = (node with { Secret = true }, rest[..^6].TrimEnd());
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0) node = node with { Pattern = Expression(rest[(slash + 1)..rest.LastIndexOf('/')]) };
        return Bounded(node, slash >= 0 ? rest[..slash].Trim() : rest);
    }

    private static ContractNode Bounded(ContractNode node, string range)
    {
        if (range.Split("..") is not [var least, var most]) return node;
        return node with { Least = least.Length > 0 ? long.Parse(least) : null, Most = most.Length > 0 ? long.Parse(most) : null };
    }

    internal static Regex Expression(string pattern) =>
        new(pattern, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromMilliseconds(200));

    internal static (string Head, string Tail) Cut(string line) =>
        line.IndexOf(' ', StringComparison.Ordinal) is > 0 and var at ? (line[..at], line[(at + 1)..]) : (line, "");
}
