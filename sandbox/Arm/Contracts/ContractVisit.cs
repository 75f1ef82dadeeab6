using System.Text.Json;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>What a body is used for; it decides which members must, may and may not be there.</summary>
internal enum ContractUse { Put, Patch, Answer }

/// <summary>Walks a body beside its contract: collects the offences and returns the body as Azure keeps it, without what is read-only, spelled its way.</summary>
internal sealed class ContractVisit(ContractUse use)
{
    private static readonly string[] Echoes = ["id", "name", "type", "apiVersion"];

    private readonly List<ContractProblem> problems = [];

    public IReadOnlyList<ContractProblem> Problems => problems;

    public JsonObject Body(ArmContract contract, JsonNode? body)
    {
        if (body is not JsonObject members)
        {
            Add("", ContractFault.WrongType, "The body must be a JSON object.");
            return [];
        }

        var own = new JsonObject();
        foreach (var (name, value) in members)
        {
            if (!Echoes.Contains(name, StringComparer.OrdinalIgnoreCase)) own[name] = value?.DeepClone();
        }

        return Members(contract.Body, own, "");
    }

    public JsonNode? Visit(ContractNode node, JsonNode value, string path)
    {
        var shape = node.Shape;
        return shape.Kind switch
        {
            ContractKind.Members => value is JsonObject members ? Members(shape, members, path) : Wrong(path, "an object", value),
            ContractKind.Map => value is JsonObject map ? Map(shape, map, path) : Wrong(path, "an object", value),
            ContractKind.Free => value is JsonObject ? value.DeepClone() : Wrong(path, "an object", value),
            ContractKind.List => value is JsonArray items ? Items(shape, items, path) : Wrong(path, "an array", value),
            ContractKind.Text => value.GetValueKind() == JsonValueKind.String ? Text(shape, value, path) : Wrong(path, "a string", value),
            ContractKind.Choice => value.GetValueKind() == JsonValueKind.String ? Choice(shape, value, path) : Wrong(path, "a string", value),
            ContractKind.Truth => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? value.DeepClone() : Wrong(path, "a boolean", value),
            ContractKind.Whole or ContractKind.Number => value.GetValueKind() == JsonValueKind.Number ? Number(shape, value, path) : Wrong(path, "a number", value),
            _ => value.DeepClone(),
        };
    }

    private JsonObject Members(ContractNode shape, JsonObject body, string path)
    {
        var result = new JsonObject();
        foreach (var (name, value) in body)
        {
            var below = path.Length == 0 ? name : $"{path}.{name}";
            if (!shape.Members.TryGetValue(name, out var node)) Add(below, ContractFault.UnknownMember, $"Could not find member '{name}' on object '{(path.Length == 0 ? "resource" : path)}'.");
            else if (use != ContractUse.Answer && node.ReadOnly) continue;
            else if (use == ContractUse.Answer && node.WriteOnly) Add(below, ContractFault.ReadOnly, $"'{below}' must never be answered.");
            else if (value is not null) result[node.Name] = Visit(node, value, below);
            else if (use == ContractUse.Patch) result[node.Name] = null;
        }

        if (use == ContractUse.Put) RequireMembers(shape, result, path);
        return result;
    }

    private void RequireMembers(ContractNode shape, JsonObject result, string path)
    {
        foreach (var node in shape.Members.Values)
        {
            var below = path.Length == 0 ? node.Name : $"{path}.{node.Name}";
            if (node.Required && !node.ReadOnly && !result.ContainsKey(node.Name)) Add(below, ContractFault.Missing, $"Required property '{node.Name}' not found in JSON. Path '{path}'.");
        }
    }

    private JsonObject Map(ContractNode shape, JsonObject body, string path)
    {
        var result = new JsonObject();
        foreach (var (name, value) in body)
        {
            if (value is not null) result[name] = Visit(shape.Item!, value, $"{path}.{name}");
            else if (use == ContractUse.Patch) result[name] = null;
        }

        return result;
    }

    private JsonArray Items(ContractNode shape, JsonArray items, string path)
    {
        if (items.Count < shape.Least || items.Count > shape.Most) Add(path, ContractFault.Length, $"'{path}' must hold {Bounds(shape)} items, not {items.Count}.");
        return [.. items.Where(item => item is not null).Select((item, index) => Visit(shape.Item!, item!, $"{path}[{index}]"))];
    }

    private JsonNode? Text(ContractNode shape, JsonNode value, string path)
    {
        var text = value.GetValue<string>();
        if (text.Length < shape.Least || text.Length > shape.Most) Add(path, ContractFault.Length, $"The length of '{path}' must be {Bounds(shape)}, not {text.Length}.");
        else if (shape.Pattern?.IsMatch(text) == false) Add(path, ContractFault.Pattern, $"The value of '{path}' does not match the pattern '{shape.Pattern}'.");
        return value.DeepClone();
    }

    private JsonNode? Choice(ContractNode shape, JsonNode value, string path)
    {
        var text = value.GetValue<string>();
        var known = shape.Choices.FirstOrDefault(choice => choice.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (known is null && !shape.Open) Add(path, ContractFault.NotAllowed, $"The value '{text}' of '{path}' is not one of: {string.Join(", ", shape.Choices)}.");
        return known ?? value.DeepClone();
    }

    private JsonNode? Number(ContractNode shape, JsonNode value, string path)
    {
        var isKnown = decimal.TryParse(value.ToJsonString(), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number);
        if (!isKnown || (shape.Kind == ContractKind.Whole && (number != decimal.Truncate(number) || number is < long.MinValue or > long.MaxValue))) return Wrong(path, "a whole number", value);
        if (number < shape.Least || number > shape.Most) Add(path, ContractFault.Range, $"The value of '{path}' must be {Bounds(shape)}, not {number}.");
        return value.DeepClone();
    }

    private JsonNode? Wrong(string path, string wanted, JsonNode value)
    {
        Add(path, ContractFault.WrongType, $"The value of '{path}' must be {wanted}, not {value.ToJsonString()[..Math.Min(40, value.ToJsonString().Length)]}.");
        return null;
    }

    private static string Bounds(ContractNode shape) => (shape.Least, shape.Most) switch
    {
        ({ } least, { } most) => $"between {least} and {most}",
        ({ } least, null) => $"at least {least}",
        (_, var most) => $"at most {most}",
    };

    private void Add(string path, ContractFault fault, string message) => problems.Add(new(path, fault, message));
}
