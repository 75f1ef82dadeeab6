using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>A refusal in Azure's words.</summary>
internal sealed class ArmError(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public string? Target { get; init; }

    public string? Subcode { get; init; }

    public IReadOnlyList<(string Code, string Target, string Message)> Details { get; init; } = [];

    public int? RetryAfter { get; init; }

    /// <summary>Said by Resource Manager itself, not by the provider behind it.</summary>
    public bool FromGateway { get; init; }

    /// <summary>Some providers answer without the outer <c>error</c>; the gateway never does.</summary>
    public JsonObject Body(bool flat)
    {
        if (flat && !FromGateway) return new() { ["code"] = Code, ["details"] = null, ["message"] = Message, ["subcode"] = Subcode ?? "" };

        var error = new JsonObject { ["code"] = Code, ["message"] = Message };
        if (Target is not null) error["target"] = Target;
        if (Details.Count > 0) error["details"] = new JsonArray([.. Details.Select(detail => new JsonObject { ["code"] = detail.Code, ["target"] = detail.Target, ["message"] = detail.Message })]);
        return new() { ["error"] = error };
    }
}
