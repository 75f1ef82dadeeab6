using System.Text.Json.Nodes;

namespace Sandbox.Tests.Arm;

public sealed class BentBodyTests
{
    private static readonly string[] Strange = ["null", "true", "-1", "1e300", "1e15", "0.5", "\"\"", "\"x\"", "\"/subscriptions/x\"", "[]", "{}", "[null]", "[{}]", "[\"10.0.0.0/99\"]", "{\"a\":{}}", "\"\\u0000\""];

    public static IEnumerable<TheoryDataRow<string>> Types => Cases.Types;

    [Theory, MemberData(nameof(Types))]
    public async Task Whatever_a_member_is_bent_into_the_answer_is_an_answer(string type)
    {
        await using var host = await ArmHost.StartAsync();
        var cases = Cases.For(host);
        await cases.MakeNeedsAsync(host, type);

        foreach (var body in Bent(cases.Body(type)))
        {
            var reply = await host.CallAsync("PUT", cases.Id(type), body);
            if (reply.IsSuccess) await host.RemoveAsync(cases.Id(type));

            Assert.True(reply.Status is < 500 and not 0, $"{reply.Status} for {body}");
            Assert.True(reply.IsSuccess || reply.Code is not null, $"{reply.Text} for {body}");
        }
    }

    /// <summary>Each member in turn, replaced by every third strange value, another third for each.</summary>
    private static IEnumerable<string> Bent(JsonObject body)
    {
        foreach (var (place, path) in Paths(body).ToList().Index())
        {
            foreach (var strange in Strange.Where((_, index) => (index + place) % 3 == 0))
            {
                var copy = body.DeepClone();
                var (holder, last) = (path[..^1].Aggregate(copy, (node, step) => int.TryParse(step, out var index) && node is JsonArray ? node[index]! : node[step]!), path[^1]);
                if (holder is JsonArray items) items[int.Parse(last)] = JsonNode.Parse(strange);
                else holder[last] = JsonNode.Parse(strange);
                yield return copy.ToJsonString();
            }
        }
    }

    private static IEnumerable<string[]> Paths(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Paths(member.Value).Prepend([]).Select(below => (string[])[member.Key, .. below])),
        JsonArray items => items.SelectMany((item, index) => Paths(item).Prepend([]).Select(below => (string[])[$"{index}", .. below])),
        _ => [],
    };
}
