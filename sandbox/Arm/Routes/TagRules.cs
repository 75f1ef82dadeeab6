using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>What tags may be.</summary>
internal static class TagRules
{
    private static readonly System.Buffers.SearchValues<char> Reserved = System.Buffers.SearchValues.Create("<>%&\\?/");

    public static void Check(JsonObject tags, string type)
    {
        var most = type.StartsWith("Microsoft.Network/privateDnsZones", StringComparison.Ordinal) ? 15 : 50;
        var longest = type == "Microsoft.Storage/storageAccounts" ? 128 : 512;
        if (tags.Count > most) throw new ArmError(400, "InvalidTags", $"The tags are invalid: at most {most} tags are allowed, {tags.Count} were given.") { FromGateway = true, Target = "tags" };
        foreach (var (name, value) in tags)
        {
            if (name.AsSpan().IndexOfAny(Reserved) >= 0) throw new ArmError(400, "InvalidTagNameCharacters", $"The tag names '{name}' have reserved characters '<,>,%,&,\\,?,/' or control characters.") { FromGateway = true, Target = "tags" };
            if (name.Length > longest) throw new ArmError(400, "InvalidTagName", $"The tag name '{name}' is longer than {longest} characters.") { FromGateway = true, Target = "tags" };
            if (value is not JsonValue text || !text.TryGetValue(out string? words)) throw new ArmError(400, "InvalidTagValueDataType", $"The value of tag '{name}' must be a string.") { FromGateway = true, Target = "tags" };
            if (words.Length > 256) throw new ArmError(400, "InvalidTagValue", $"The value of tag '{name}' is longer than 256 characters.") { FromGateway = true, Target = "tags" };
        }
    }

    /// <summary>Tag names compare without case.</summary>
    public static string? Find(JsonNode? document, string name) =>
        (document?["tags"] as JsonObject)?.FirstOrDefault(tag => tag.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value?.GetValue<string>();
}
