using System.Text.Json.Nodes;

namespace DssPipeline.Convergence.Tests;

/// <summary>What moved between the plan that was approved and the plan of now.</summary>
public sealed class PlanMovesTests
{
    [Fact]
    public void What_came_what_went_and_what_is_another_now_is_told()
    {
        var approved = Plan(
            """{"id":"azure/disk/gone","verb":"delete"}""",
            """{"id":"azure/vm/same","verb":"update","differences":[{"path":"/size","before":"a","after":"b"}]}""",
            """{"id":"azure/vm/other","verb":"update","differences":[{"path":"/size","before":"a","after":"b"},{"path":"/zone","before":1,"after":2}]}""",
            """{"id":"azure/vm/born","verb":"create","desired":{"size":"a","tags":{"x":"1"}}}""",
            """{"id":"azure/vm/fixed","verb":"replace"}""");
        var found = Plan(
            """{"id":"azure/vm/same","verb":"update","differences":[{"path":"/size","before":"a","after":"b"}]}""",
            """{"id":"azure/vm/other","verb":"update","differences":[{"path":"/size","before":"c","after":"b"}]}""",
            """{"id":"azure/vm/born","verb":"create","desired":{"size":"a","tags":{"x":"2"}}}""",
            """{"id":"azure/vm/fixed","verb":"refuse"}""",
            """{"id":"azure/disk/new","verb":"create"}""");

        Assert.Equal(
            [
                "  new:     + azure/disk/new",
                "  gone:    - azure/disk/gone",
                "  differs: ~ azure/vm/other",
                "           /size: approved a → b, now c → b",
                "           /zone: approved 1 → 2, now nothing",
                "  differs: + azure/vm/born",
                "           /tags/x: approved 1, now 2",
                "  differs: ! azure/vm/fixed",
                "           approved to replace, now to refuse",
            ],
            PlanMoves.Between(approved, found));
    }

    [Fact]
    public void A_plan_has_not_moved_from_itself() => Assert.Empty(PlanMoves.Between(PlanJson.Of("prod", Story.Plan()), PlanJson.Of("prod", Story.Plan())));

    private static JsonObject Plan(params string[] changes) => new()
    {
        ["tasks"] = new JsonArray(new JsonObject { ["changes"] = new JsonArray([.. changes.Select(change => JsonNode.Parse(change))]) }),
    };
}
