using System.Net;
using System.Text;

namespace DssPipeline.Sandbox.Tests;

public sealed class NameQuestionTests
{
    private static readonly IPAddress Somewhere = new([127, 0, 0, 7]);

    [Fact]
    public void A_name_that_leads_somewhere_is_told()
    {
        var question = NameQuestion.Read(Ask("Acr.azurecr.io", kind: 1))!;

        var answer = question.Answer(Somewhere);

        Assert.Equal("Acr.azurecr.io", question.Name);
        Assert.Equal((0x81, 0x80, 1), (answer[2], answer[3], answer[7]));
        Assert.Equal([127, 0, 0, 7], answer[^4..]);
    }

    [Fact]
    public void A_name_that_leads_nowhere_is_none()
    {
        var answer = NameQuestion.Read(Ask("none.azurecr.io", kind: 1))!.Answer(null);

        Assert.Equal((0x83, 0), (answer[3], answer[7]));
    }

    [Fact]
    public void A_name_has_no_address_of_another_kind()
    {
        var answer = NameQuestion.Read(Ask("acr.azurecr.io", kind: 28))!.Answer(Somewhere);

        Assert.Equal((0x80, 0), (answer[3], answer[7]));
    }

    [Fact]
    public void What_is_no_question_is_not_answered()
    {
        var whole = Ask("acr.azurecr.io", kind: 1);
        byte[] answered = [.. whole];
        answered[2] |= 0x80;

        Assert.Null(NameQuestion.Read(answered));
        for (var length = 0; length < whole.Length; length++) Assert.Null(NameQuestion.Read(whole.AsSpan(0, length)));
    }

    private static byte[] Ask(string name, byte kind) =>
        [0, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, .. name.Split('.').SelectMany(label => (byte[])[(byte)label.Length, .. Encoding.ASCII.GetBytes(label)]), 0, 0, kind, 0, 1];
}
