using System.Text.Json;
using System.Text.Json.Nodes;

namespace DssPipeline.Convergence;

/// <summary>Writes wishes as plain anonymous objects.</summary>
public static class Json
{
    private static readonly JsonSerializerOptions Options = new()
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The JSON of a value; members that are null are left out, because nobody wishes for them.</summary>
    public static JsonNode Of(object value) => JsonSerializer.SerializeToNode(value, Options)!;
}
