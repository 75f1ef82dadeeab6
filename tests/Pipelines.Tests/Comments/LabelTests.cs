using DssPipeline.Chapters;
using DssPipeline.Convergence;

namespace DssPipeline.Pipelines.Tests;

public class LabelTests
{
    [Theory]
    [InlineData("prod")]
    [InlineData("emea/prod.2")]
    [InlineData("West Europe")]
    [InlineData("a-b_c")]
    public void A_label_becomes_a_comment_that_nobody_sees(string name) => Assert.Equal($"<!-- dss-pipeline:{name} -->", Label.Of(name).Marker);

    [Theory]
    [InlineData("")]
    [InlineData("a--b")]
    [InlineData("prod -->")]
    [InlineData("two\nlines")]
    [InlineData("prod\n")]
    [InlineData("-prod")]
    [InlineData("<b>")]
    public void What_could_end_the_marker_is_no_label(string name)
    {
        var failure = Assert.Throws<ProblemException>(() => Label.Of(name));

        Assert.Equal("Label badly formed", Assert.Single(failure.Problems).Summary);
    }

    [Fact]
    public void Only_a_text_that_begins_with_the_marker_is_taken_for_it()
    {
        var label = Label.Of("prod");

        Assert.True(label.Heads("<!-- dss-pipeline:prod -->\r\n## Plan"));
        Assert.False(label.Heads("> <!-- dss-pipeline:prod -->\n> ## Plan"));
        Assert.False(label.Heads("<!-- dss-pipeline:prod2 -->\n## Plan"));
    }
}
