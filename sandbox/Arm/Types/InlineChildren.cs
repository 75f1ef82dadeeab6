using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Children that may also be written inside their parent's body: subnets, rules, node pools. They are kept once, as children.</summary>
internal static class InlineChildren
{
    /// <summary>One write per child in the body, as if each had been sent alone.</summary>
    public static List<Write> Of(Write parent, string path, string shortType, Func<JsonObject, JsonObject> body)
    {
        var contract = ContractCatalog.Find($"{parent.Contract.Type}/{shortType}")!;
        return [.. Dotted.Items(parent.Wish, path).Select(item =>
        {
            var id = parent.Id.Child(shortType, Dotted.Text(item, "name") ?? "");
            var existing = parent.World.Record(id.Text);
            return new Write(parent.World, contract, existing?.Id ?? id)
            {
                Existing = existing,
                Wish = body(item),
                Caller = parent.Caller,
                ApiVersion = parent.ApiVersion,
                ParentWish = parent.Wish,
            };
        })];
    }

    public static JsonObject WithoutEchoes(JsonObject item)
    {
        var body = item.DeepClone().AsObject();
        foreach (var echo in new[] { "id", "name", "type", "etag" }) body.Remove(echo);
        return body;
    }

    public static void Check(IEnumerable<Write> children)
    {
        foreach (var child in children)
        {
            Precautions.NeedName(child.Contract, child.Id);
            if (!child.IsNew) WriteChecks.Unchanged(child);
            TypeRules.Of(child.Contract.Type).Check(child);
        }
    }

    public static void Keep(Write child)
    {
        child.World.Save(Documents.Build(child));
        TypeRules.Of(child.Contract.Type).Saved(child);
    }
}
