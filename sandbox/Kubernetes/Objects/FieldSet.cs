using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>The leaves of an object that a manager owns, as paths; a list counts as one leaf.</summary>
internal static class FieldSet
{
    private const char Border = '\u001f';

    // What names an object, and what its server writes, belongs to nobody.
    private static readonly HashSet<string> Nobodys = new(StringComparer.Ordinal) { "apiVersion", "kind", "status" };
    private static readonly HashSet<string> NobodysMetadata = new(StringComparer.Ordinal)
    {
        "name", "namespace", "uid", "resourceVersion", "creationTimestamp", "generation", "managedFields", "deletionTimestamp", "deletionGracePeriodSeconds", "generateName", "selfLink",
    };

    public static HashSet<string> Of(JsonObject subject)
    {
        var leaves = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, value) in subject.Where(member => !Nobodys.Contains(member.Key)))
        {
            if (name == "metadata") foreach (var (inner, below) in value!.AsObject().Where(member => !NobodysMetadata.Contains(member.Key))) Walk(below, $"metadata{Border}{inner}", leaves);
            else Walk(value, name, leaves);
        }

        return leaves;
    }

    public static HashSet<string> Read(JsonNode? fields)
    {
        var leaves = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, below) in fields as JsonObject ?? []) Collect(below as JsonObject ?? [], name[2..], leaves);
        return leaves;
    }

    public static JsonObject Write(IEnumerable<string> leaves)
    {
        var root = new JsonObject();
        foreach (var leaf in leaves.Order(StringComparer.Ordinal))
        {
            var at = root;
            foreach (var part in leaf.Split(Border).Select(part => $"f:{part}"))
            {
                if (at[part] is not JsonObject below) at[part] = below = [];
                at = below;
            }
        }

        return root;
    }

    public static JsonNode? Get(JsonObject subject, string leaf)
    {
        JsonNode? at = subject;
        foreach (var part in leaf.Split(Border)) at = (at as JsonObject)?[part];
        return at;
    }

    public static void Set(JsonObject subject, string leaf, JsonNode? value)
    {
        var (parts, at) = (leaf.Split(Border), subject);
        foreach (var part in parts[..^1])
        {
            if (at[part] is not JsonObject below) at[part] = below = [];
            at = below;
        }

        at[parts[^1]] = value;
    }

    public static void Drop(JsonObject subject, string leaf)
    {
        var parts = leaf.Split(Border);
        JsonNode? at = subject;
        foreach (var part in parts[..^1]) at = (at as JsonObject)?[part];
        (at as JsonObject)?.Remove(parts[^1]);
    }

    /// <summary>A leaf as conflicts name it.</summary>
    public static string Shown(string leaf) => "." + leaf.Replace(Border, '.');

    private static void Walk(JsonNode? value, string path, HashSet<string> leaves)
    {
        if (value is not JsonObject { Count: > 0 } members) leaves.Add(path);
        else foreach (var (name, below) in members) Walk(below, $"{path}{Border}{name}", leaves);
    }

    private static void Collect(JsonObject below, string path, HashSet<string> leaves)
    {
        if (below.Count == 0) leaves.Add(path);
        foreach (var (name, inner) in below) Collect(inner as JsonObject ?? [], $"{path}{Border}{name[2..]}", leaves);
    }
}
