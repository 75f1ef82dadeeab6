using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Reads the few messages that kubectl sends as protobuf and not as JSON: create namespace, create quota, auth can-i and their like.</summary>
internal static class ProtobufReader
{
    public const string ContentType = "application/vnd.kubernetes.protobuf";

    private static readonly Lazy<Dictionary<string, Dictionary<int, (string Name, string Form)>>> Forms = new(() => ContractCatalog.Resource("ProtobufForms.txt")
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => line.Split(": ", 2))
        .ToDictionary(line => line[0], line => line[1].Split(", ").Select(field => field.Split(' ')).ToDictionary(field => int.Parse(field[0]), field => (field[1], field[2])), StringComparer.Ordinal));

    /// <summary>The object in the envelope: four letters, then what it is, then the object itself.</summary>
    public static JsonObject Read(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith("k8s\0"u8)) throw Unknown("it does not begin with k8s");

        var (version, kind, raw) = ("", "", Array.Empty<byte>());
        foreach (var (number, value) in Fields(bytes[4..].ToArray()))
        {
            if (number == 2) raw = value;
            if (number != 1) continue;
            foreach (var (inner, text) in Fields(value))
            {
                if (inner == 1) version = Encoding.UTF8.GetString(text);
                if (inner == 2) kind = Encoding.UTF8.GetString(text);
            }
        }

        var subject = Message(kind, raw);
        (subject["apiVersion"], subject["kind"]) = (version, kind);
        return subject;
    }

    private static JsonObject Message(string form, byte[] bytes)
    {
        if (!Forms.Value.TryGetValue(form, out var known)) throw Unknown($"the sandbox's API servers read {form} as JSON only; use kubectl create -f or apply -f");

        var message = new JsonObject();
        foreach (var (number, value) in Fields(bytes))
        {
            if (!known.TryGetValue(number, out var field)) continue;
            if (field.Form.EndsWith("[]", StringComparison.Ordinal)) Add(message, field.Name, Value(field.Form[..^2], value));
            else if (field.Form.EndsWith("{}", StringComparison.Ordinal)) Entry(message, field.Name, field.Form[..^2], value);
            else if (Value(field.Form, value) is { } read && read is not JsonObject { Count: 0 } && read.ToString().Length > 0) message[field.Name] = read;
        }

        return message;
    }

    private static void Add(JsonObject message, string name, JsonNode? value)
    {
        if (message[name] is not JsonArray list) message[name] = list = [];
        list.Add(value);
    }

    private static void Entry(JsonObject message, string name, string form, byte[] bytes)
    {
        if (message[name] is not JsonObject map) message[name] = map = [];
        var entry = Fields(bytes).ToDictionary(field => field.Number, field => field.Value);
        var value = Value(form, entry.GetValueOrDefault(2, []));
        map[Encoding.UTF8.GetString(entry[1])] = value is JsonObject wrapped ? wrapped["string"]?.DeepClone() : value;
    }

    private static JsonNode? Value(string form, byte[] bytes) => form switch
    {
        "string" => JsonValue.Create(Encoding.UTF8.GetString(bytes)),
        "bytes" => JsonValue.Create(Convert.ToBase64String(bytes)),
        "int" => JsonValue.Create(BinaryPrimitives.ReadInt64LittleEndian(bytes)),
        "bool" => JsonValue.Create(bytes[0] != 0),
        _ => Message(form, bytes),
    };

    private static List<(int Number, byte[] Value)> Fields(byte[] bytes)
    {
        var fields = new List<(int, byte[])>();
        for (var at = 0; at < bytes.Length;)
        {
            var tag = Number(bytes, ref at);
            var length = (tag & 7) switch
            {
                0 => -1,
                1 => 8,
                2 => (int)Number(bytes, ref at),
                5 => 4,
                _ => throw Unknown("a field of a kind that is no more"),
            };
            if (length < 0) fields.Add(((int)(tag >> 3), BitConverter.GetBytes(Number(bytes, ref at))));
            else fields.Add(((int)(tag >> 3), bytes[at..(at += length)]));
        }

        return fields;
    }

    private static long Number(byte[] bytes, ref int at)
    {
        long number = 0;
        for (var shift = 0; ; shift += 7)
        {
            number |= (long)(bytes[at] & 127) << shift;
            if ((bytes[at++] & 128) == 0) return number;
        }
    }

    private static KubernetesRefusal Unknown(string why) => new(415, "UnsupportedMediaType", $"the body of the request was in an unknown format - {why}");
}
