using System.Text.Json.Nodes;

namespace DssPipeline.Convergence.Tests;

public sealed class PointerTests
{
    private static readonly JsonNode Root = JsonNode.Parse("""{"a/b":{"m~n":[10,{"Name":"x"}]},"tags":{"Env":"test"}}""")!;

    [Theory]
    [InlineData("/a~1b/m~0n/0", "10")]
    [InlineData("/a~1b/m~0n/1/name", "x")]
    [InlineData("/TAGS/env", "test")]
    public void A_path_leads_to_its_value_in_any_case(string path, string value) => Assert.Equal(value, Pointer.At(Root, path)?.ToString());

    [Theory]
    [InlineData("/a~1b/m~0n/2")]
    [InlineData("/a~1b/m~0n/-1")]
    [InlineData("/a~1b/m~0n/x")]
    [InlineData("/tags/Env/deeper")]
    [InlineData("/nothing")]
    public void A_path_that_leads_nowhere_gives_nothing(string path) => Assert.Null(Pointer.At(Root, path));

    [Theory]
    [InlineData("plain")]
    [InlineData("a/b")]
    [InlineData("~1")]
    [InlineData("~/~~//")]
    public void An_escaped_name_can_be_read_back(string name) => Assert.Equal(name, Pointer.Unescape(Pointer.Escape(name)));

    [Fact]
    public void The_exact_spelling_wins_over_another_case()
    {
        var members = new JsonObject { ["NAME"] = 1, ["name"] = 2 };

        Assert.Equal("2", Pointer.Member(members, "name")?.ToString());
    }
}
