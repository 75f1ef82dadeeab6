using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>One write on its way through the checks: what was there, what is wished, what will be kept.</summary>
internal sealed class Write(ArmWorld world, ArmContract contract, ArmId id)
{
    public ArmWorld World { get; } = world;

    public ArmContract Contract { get; } = contract;

    public ArmId Id { get; } = id;

    public ArmRecord? Existing { get; init; }

    /// <summary>The body without what is read-only, spelled as Azure spells it.</summary>
    public required JsonObject Wish { get; init; }

    public required string Caller { get; init; }

    public required string ApiVersion { get; init; }

    /// <summary>The wish for the resource this is written inside of, when both come in one body.</summary>
    public JsonObject? ParentWish { get; init; }

    /// <summary>The body of a patch; the wish then is what was there with it laid over.</summary>
    public JsonObject? Patch { get; init; }

    public bool IsPatch => Patch is not null;

    /// <summary>What will be kept and shown.</summary>
    public JsonObject Document { get; set; } = [];

    /// <summary>What will be kept and not shown.</summary>
    public JsonObject Hidden { get; set; } = [];

    public bool IsNew => Existing is null;

    public string? Text(string path) => Dotted.Text(Wish, path);

    /// <summary>A value that is made at the first write and stays.</summary>
    public JsonNode? Once(string path, Func<JsonNode?> make) => Dotted.Read(Existing?.Document, path)?.DeepClone() ?? make();

    public static ArmError Refuse(int status, string code, string message, string? target = null) => new(status, code, message) { Target = target };
}
