using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace DssPipeline.Convergence.Tests;

/// <summary>What holds for every wish and every world, tried with a few hundred random ones from a fixed seed.</summary>
public sealed class ComparerPropertyTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20300101, 7);

    private static readonly Comparison Loose = new(["/b", "/a/*/c"], ["/a", "/b/c", "/c"], ["/c/b", "/a/*/b"], ["/b/a"]);

    [Fact]
    public void A_wish_does_not_differ_from_itself() => Check(JsonObjects(), wish =>
        Comparison.Plain.Differences(wish, wish.DeepClone()).Count == 0 && Loose.Differences(wish, wish.DeepClone()).Count == 0);

    [Fact]
    public void A_world_on_which_the_wish_was_laid_does_not_differ() => Check(Pairs(), pair =>
        Comparison.Plain.Differences(pair.Wish, Laid(pair.World, pair.Wish)!).Count == 0);

    [Fact]
    public void Sets_in_any_order_and_keys_in_any_case_do_not_differ() => Check(JsonObjects(), wish =>
        Loose.Differences(wish, Bent(wish, Loose.Unordered)!).Count == 0);

    [Fact]
    public void One_leaf_bent_is_one_difference_at_its_path() => Check(JsonObjects(), wish =>
        Leaves(wish).All(leaf => Comparison.Plain.Differences(wish, With(wish, leaf)).Select(difference => difference.Path).SequenceEqual([leaf])));

    [Fact]
    public void Any_wish_can_be_compared_with_any_world_and_found_values_can_be_followed() => Check(Pairs(), pair =>
        Comparison.Plain.Differences(pair.Wish, pair.World).All(difference => JsonNode.DeepEquals(Pointer.At(pair.Wish, difference.Path), difference.After)));

    [Fact]
    public void What_is_hidden_is_in_no_difference() => Check(Pairs(), pair =>
    {
        var differences = Loose.Differences(Secret(pair.Wish, Loose.Hidden)!, Secret(pair.World, Loose.Hidden)!);

        return !string.Concat(differences.Select(difference => $"{difference.Path} {difference.Before?.ToJsonString()} {difference.After?.ToJsonString()}")).Contains("hunter2", StringComparison.Ordinal);
    });

    private static void Check<T>(Gen<T> values, Func<T, bool> holds) => Prop.ForAll(values.ToArbitrary(), holds).Check(Seeded);

    private static Gen<(JsonObject Wish, JsonObject World)> Pairs() => JsonObjects().Zip(JsonObjects()).Select(pair => (pair.Item1, pair.Item2));

    private static Gen<JsonObject> JsonObjects() => Objects(3);

    private static Gen<JsonObject> Objects(int depth) =>
        Gen.Elements("a", "b", "c", "d/e", "name").Zip(Nodes(depth - 1)).ListOf(4).Select(members => new JsonObject(members.DistinctBy(member => member.Item1).Select(member => KeyValuePair.Create(member.Item1, member.Item2?.DeepClone()))));

    private static Gen<JsonNode?> Nodes(int depth)
    {
        var leaf = Gen.OneOf(
            Gen.Choose(0, 3).Select(number => (JsonNode?)number),
            Gen.Elements<JsonNode?>("x", "y", "Long text", true, false, null, ""));
        if (depth <= 0) return leaf;

        var objects = Objects(depth).Select(members => (JsonNode?)members);
        var arrays = Nodes(depth - 1).ListOf(3).Select(items => (JsonNode?)new JsonArray([.. items.Select(item => item?.DeepClone())]));
        return Gen.OneOf(leaf, objects, arrays);
    }

    private static JsonNode? Laid(JsonNode? world, JsonNode? wish) => wish is JsonObject members
        ? new JsonObject((world as JsonObject ?? []).Where(member => !members.ContainsKey(member.Key)).Concat(members)
            .Select(member => KeyValuePair.Create(member.Key, members.ContainsKey(member.Key) ? Laid(Pointer.Member(world as JsonObject, member.Key), member.Value) : member.Value?.DeepClone())))
        : wish?.DeepClone();

    private static JsonNode? Bent(JsonNode? node, Paths unordered, string path = "") => node switch
    {
        JsonObject members => new JsonObject(members.Reverse().Select(member => KeyValuePair.Create(member.Key.ToUpperInvariant(), Bent(member.Value, unordered, $"{path}/{Pointer.Escape(member.Key)}")))),
        JsonArray items when unordered.Holds(path) => new JsonArray([.. items.Reverse().Select(item => Bent(item, unordered, $"{path}/*"))]),
        JsonArray items => new JsonArray([.. items.Select((item, index) => Bent(item, unordered, $"{path}/{index}"))]),
        null => null,
        _ => node.DeepClone(),
    };

    private static JsonNode? Secret(JsonNode? node, Paths hidden, string path = "") => node switch
    {
        _ when hidden.Holds(path) => "hunter2",
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Secret(member.Value, hidden, $"{path}/{Pointer.Escape(member.Key)}")))),
        JsonArray items => new JsonArray([.. items.Select((item, index) => Secret(item, hidden, $"{path}/{index}"))]),
        null => null,
        _ => node.DeepClone(),
    };

    private static IEnumerable<string> Leaves(JsonNode? node, string path = "") => node switch
    {
        JsonObject members => members.SelectMany(member => Leaves(member.Value, $"{path}/{Pointer.Escape(member.Key)}")),
        JsonArray items => items.SelectMany((item, index) => Leaves(item, $"{path}/{index}")),
        _ => [path],
    };

    private static JsonObject With(JsonObject wish, string leaf)
    {
        var bent = wish.DeepClone().AsObject();
        var above = Pointer.At(bent, leaf[..leaf.LastIndexOf('/')]);
        var last = Pointer.Unescape(leaf[(leaf.LastIndexOf('/') + 1)..]);
        if (above is JsonArray items) items[int.Parse(last)] = "bent";
        else above!.AsObject()[last] = "bent";
        return bent;
    }
}
