using System.Text.Json.Nodes;
using DssPipeline.Sandbox;

namespace Sandbox.Tests.Arm;

/// <summary>One minimal resource of each type, out of Bodies.json; a type in braces stands for the id of that case.</summary>
internal sealed class Cases
{
    private readonly string subscription;

    private Cases(string subscription) => this.subscription = subscription;

    private static readonly Lazy<JsonArray> File = new(() => JsonNode.Parse(System.IO.File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Arm", "Bodies.json")))!.AsArray());

    public static IEnumerable<TheoryDataRow<string>> Types => ContractCatalog.Types.Keys.Select(type => new TheoryDataRow<string>(type));

    public static Cases For(ArmHost host) => new(host.Options.SubscriptionId);

    public string Id(string type) => Filled((string)Entry(type)["path"]!);

    public JsonObject Body(string type) => Part(type, "body")!;

    public JsonObject? Part(string type, string part) => Entry(type)[part] is { } node ? JsonNode.Parse(Filled(node.ToJsonString()))!.AsObject() : null;

    /// <summary>Makes what a type needs, and then the thing itself.</summary>
    public async Task<JsonObject> MakeAsync(ArmHost host, string type)
    {
        await MakeNeedsAsync(host, type);
        return await host.MakeAsync(Id(type), Body(type));
    }

    public async Task MakeNeedsAsync(ArmHost host, string type)
    {
        var needed = Entry(type)["path"]!.ToJsonString() + Entry(type)["body"]!.ToJsonString() + Entry(type)["change"]?.ToJsonString();
        foreach (var other in ContractCatalog.Types.Keys.Where(other => other != type && needed.Contains($"{{{other}}}", StringComparison.Ordinal)))
        {
            if ((await host.CallAsync("GET", Id(other))).Status != 200) await MakeAsync(host, other);
        }
    }

    private static JsonObject Entry(string type) => File.Value.Select(entry => entry!.AsObject()).Single(entry => (string)entry["type"]! == type);

    private string Filled(string text)
    {
        foreach (var type in ContractCatalog.Types.Keys.Where(type => text.Contains($"{{{type}}}", StringComparison.Ordinal))) text = text.Replace($"{{{type}}}", Id(type), StringComparison.Ordinal);
        return text.Replace("{rg}", $"/subscriptions/{subscription}/resourceGroups/rg", StringComparison.Ordinal).Replace("{sub}", subscription, StringComparison.Ordinal);
    }
}
