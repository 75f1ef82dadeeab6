using System.Text.Json.Nodes;

namespace DssPipeline.Convergence.Tests;

public sealed class ReferenceTests
{
    private static readonly ResourceId Id = new("azure", "subnet", "vnet/default#1");

    [Theory]
    [InlineData("/properties/principalId")]
    [InlineData("/a~1b/0")]
    [InlineData("")]
    public void What_was_written_can_be_read(string path)
    {
        var read = Reference.TryRead(Reference.To(Id, path), out var id, out var found);

        Assert.True(read);
        Assert.Equal((Id, path), (id, found));
    }

    [Theory]
    [InlineData("""{"$reference":"no border"}""")]
    [InlineData("""{"$reference":"two/parts#/x"}""")]
    [InlineData("""{"$reference":""}""")]
    [InlineData("""{"$reference":12}""")]
    [InlineData("""{"$reference":{"a":1}}""")]
    [InlineData("""{"$reference":"a/b/c#/x","more":1}""")]
    [InlineData("""{}""")]
    [InlineData("[]")]
    [InlineData("\"a/b/c#/x\"")]
    public void What_only_looks_like_one_is_a_plain_value(string json)
    {
        var read = Reference.TryRead(JsonNode.Parse(json), out _, out _);

        Assert.False(read);
    }

    [Fact]
    public void All_of_a_wish_are_found_once_in_order()
    {
        var (one, other) = (new ResourceId("p", "k", "one"), new ResourceId("p", "k", "other"));
        var wish = Json.Of(new { b = new[] { Reference.To(other, "/x"), Reference.To(one, "/y") }, c = new { d = Reference.To(other, "/z") } });

        var found = Reference.In(wish);

        Assert.Equal([other, one], found);
    }
}
