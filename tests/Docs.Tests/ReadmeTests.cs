using DssPipeline.Chapters;

namespace DssPipeline.Docs.Tests;

/// <summary>The README names what there is, and nothing else.</summary>
public class ReadmeTests
{
    [Fact]
    public void Every_target_is_named()
    {
        var readme = Repository.Read("README.md");

        var missing = Contents.Targets.Except(["Default"], StringComparer.Ordinal).Where(target => !readme.Contains($"`{target}`", StringComparison.Ordinal));

        Found.Nothing(missing);
    }

    [Fact]
    public void Every_task_of_the_reference_architecture_has_its_page()
    {
        var pages = Contents.Targets.TakeWhile(target => target != "Deploy").Append("Verify").Select(target => $"docs/chapters/{target}.md").ToList();

        var readme = Repository.Read("README.md");

        Found.Nothing(pages.Except(Repository.Below("docs", ".md"), StringComparer.Ordinal));
        Found.Nothing(pages.Where(page => !readme.Contains(page, StringComparison.Ordinal)));
    }

    [Fact]
    public void It_tells_in_the_order_in_which_people_ask()
    {
        var chapters = Repository.Read("README.md").Split('\n').Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Select(line => line[3..]);

        Assert.Equal(["What it covers today", "Quick start", "GitHub", "Azure DevOps", "Manifest", "Targets", "Outputs", "Permissions", "Troubleshooting", "Versioning", "Development"], chapters);
    }

    [Fact]
    public void Every_exit_code_is_named()
    {
        var readme = Repository.Read("README.md");

        var missing = Enum.GetValues<ExitCode>().Where(code => !readme.Contains($"{(int)code} ", StringComparison.Ordinal) && !readme.Contains($"`{(int)code}`", StringComparison.Ordinal)).Select(code => $"{(int)code} {code}");

        Found.Nothing(missing);
    }
}
