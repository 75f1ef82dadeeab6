using System.Buffers.Text;
using System.Text;

namespace DssPipeline.Planes.Tests;

/// <summary>Who a token was made out to.</summary>
public sealed class CallerTests
{
    [Fact]
    public void The_object_id_of_the_caller_is_read_from_the_token()
    {
        var claims = Base64Url.EncodeToString(Encoding.UTF8.GetBytes("""{"oid":"11111111-0000-0000-0000-000000000000","appid":"2"}"""));

        var id = Caller.ObjectIdIn($"e30.{claims}.signature");

        Assert.Equal("11111111-0000-0000-0000-000000000000", id);
    }

    [Theory]
    [InlineData("token")]
    [InlineData("a.!!.c")]
    [InlineData("a.bm90IGpzb24.c")]
    [InlineData("a.e30.c")]
    public void A_token_that_does_not_say_is_nobodys(string token)
    {
        var id = Caller.ObjectIdIn(token);

        Assert.Null(id);
    }
}
