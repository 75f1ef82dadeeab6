using System.Text;
using DssPipeline.Chapters;

namespace DssPipeline.Pipelines.Tests;

public class CommentTextTests
{
    private static readonly Uri Page = new("https://github.example/acme/data/actions/runs/7");
    private static readonly Label Prod = Label.Of("prod");

    [Theory]
    [InlineData(65_536)]
    [InlineData(150_000)]
    public void A_plan_of_200_kilobytes_ends_where_a_resource_ends(int longest)
    {
        var plan = Plan(resources: 2500);

        var text = CommentText.Of(Prod, plan, longest, Page);

        Assert.True(plan.Length > 200_000);
        Assert.InRange(text.Length, longest * 9 / 10, longest);
        var told = text.Split('\n').Count(line => line.StartsWith("+ azure/", StringComparison.Ordinal));
        Assert.Contains($"{2500 - told} more resources are told in the summary and the files of [the run]({Page}).", text, StringComparison.Ordinal);
        Assert.Equal(told, text.Split('\n').Count(line => line == "      /tags/note: absent → \"a note that is told below its resource\""));
        Assert.Equal(0, text.Split('\n').Count(line => line.StartsWith("```", StringComparison.Ordinal)) % 2);
    }

    [Fact]
    public void What_fits_is_told_whole()
    {
        var plan = Plan(resources: 3);

        var text = CommentText.Of(Prod, plan, 65_536, Page);

        Assert.StartsWith($"{Prod.Marker}\n{plan.TrimEnd()}", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Not all of it fits", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Folds_that_are_open_at_the_cut_are_closed()
    {
        var plan = $"<details>\n<summary>CreateAdls</summary>\n\n{Plan(resources: 900)}\n</details>\n";

        var text = CommentText.Of(Prod, plan, 65_536, Page);

        Assert.True(text.IndexOf("```\n\n</details>\n", StringComparison.Ordinal) < text.IndexOf("Not all of it fits", StringComparison.Ordinal));
    }

    [Fact]
    public void A_task_whose_first_resource_does_not_fit_is_left_out_with_its_heading()
    {
        var small = "## Plan\n\n### One\n\n```diff\n+ azure/a/1\n```\n";
        var plan = $"{small}\n### Two\n\n```diff\n+ azure/a/2\n      {new string('x', 70_000)}\n```\n";

        var text = CommentText.Of(Prod, plan, 65_536, null);

        Assert.DoesNotContain("### Two", text, StringComparison.Ordinal);
        Assert.Contains("1 more resource is told in the summary and the files of the run.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Colours_of_a_terminal_are_taken_out()
    {
        var text = CommentText.Of(Prod, "## \e[1mPlan\e[0m\n\n\e]0;title\a```diff\n\e[32m+\e[0m azure/a/1\n```\n", 65_536, null);

        Assert.DoesNotContain('\e', text);
        Assert.Contains("## Plan\n\n```diff\n+ azure/a/1\n```", text, StringComparison.Ordinal);
    }

    private static string Plan(int resources)
    {
        var text = new StringBuilder("## Plan of demo\n\n**Plan: many to create.**\n\n### CreateAdls\n\nAccounts\n\n```diff\n");
        for (var resource = 0; resource < resources; resource++) text.Append($"+ azure/storageAccount/st{resource}\n      /tags/note: absent → \"a note that is told below its resource\"\n");
        return text.Append("```\n").ToString();
    }
}
