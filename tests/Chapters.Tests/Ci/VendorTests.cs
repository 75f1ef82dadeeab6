using DssPipeline.Convergence;

namespace DssPipeline.Chapters.Tests;

/// <summary>The commands of both vendors, letter by letter as their agents read them.</summary>
public sealed class VendorTests : IDisposable
{
    private static readonly GitHubActions GitHub = new(_ => null);
    private static readonly AzurePipelines Azure = new(_ => null);

    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("vendor-");

    [Theory]
    [InlineData("GITHUB_ACTIONS", "true", typeof(GitHubActions))]
    [InlineData("TF_BUILD", "True", typeof(AzurePipelines))]
    [InlineData("CI", "true", typeof(PlainVendor))]
    [InlineData("GITHUB_ACTIONS", "", typeof(PlainVendor))]
    public void The_environment_says_who_listens(string name, string value, Type vendor) =>
        Assert.IsType(vendor, Vendor.Of(variable => variable == name ? value : null));

    [Fact]
    public void Groups_are_opened_and_closed()
    {
        Assert.Equal(("::group::CreateAdls", "::endgroup::"), (GitHub.Open("CreateAdls"), GitHub.Close()));
        Assert.Equal(("##[group]CreateAdls", "##[endgroup]"), (Azure.Open("CreateAdls"), Azure.Close()));
    }

    [Fact]
    public void A_note_stands_at_line_and_column_and_cannot_leave_its_command()
    {
        var note = new Annotation("Unknown key: one, two", "100% wrong\nsee ::error::", "my,file.yml", 3, 7);

        Assert.Equal("::error file=my%2Cfile.yml,line=3,col=7,title=Unknown key%3A one%2C two::100%25 wrong%0Asee ::error::", GitHub.Annotate(note));
        Assert.Equal($"##vso[task.logissue type=error;sourcepath={Path.GetFullPath("my,file.yml")};linenumber=3;columnnumber=7;]Unknown key: one, two: 100%AZP25 wrong%0Asee ::error::", Azure.Annotate(note));
    }

    [Fact]
    public void A_note_without_a_place_names_no_file()
    {
        var note = new Annotation("Quota used up", "Ask for more.", null, 0, 0) { IsError = false };

        Assert.Equal("::warning title=Quota used up::Ask for more.", GitHub.Annotate(note));
        Assert.Equal("##vso[task.logissue type=warning;]Quota used up: Ask for more.", Azure.Annotate(note));
    }

    [Fact]
    public void Files_are_named_from_the_root_of_the_workspace()
    {
        var vendor = new GitHubActions(name => name == "GITHUB_WORKSPACE" ? Environment.CurrentDirectory : null);

        Assert.StartsWith("::error file=env/prod.yml,line=1,", vendor.Annotate(new("t", "x", Path.Combine(Environment.CurrentDirectory, "env", "prod.yml"), 1, 1)), StringComparison.Ordinal);
    }

    [Fact]
    public void Masks_hold_what_a_command_would_end_at()
    {
        Assert.Equal("::add-mask::a%25b", GitHub.Mask("a%b"));
        Assert.Equal("##vso[task.setsecret]a%AZP25b;c]", Azure.Mask("a%b;c]"));
    }

    [Theory]
    [InlineData("::set-output name=x::y", ": :set-output name=x::y")]
    [InlineData("  ::error::x", "  : :error::x")]
    [InlineData("before ##[error]x", "before # #[error]x")]
    [InlineData("azure/vault/a::b", "azure/vault/a::b")]
    public void Text_from_elsewhere_gives_github_no_commands(string text, string told) => Assert.Equal(told, GitHub.Disarm(text));

    [Theory]
    [InlineData("x ##vso[task.setvariable variable=a]b", "x # #vso[task.setvariable variable=a]b")]
    [InlineData("x ##VSO[task.complete]", "x # #vso[task.complete]")]
    [InlineData("##[error]x", "# #[error]x")]
    public void Text_from_elsewhere_gives_azure_no_commands(string text, string told) => Assert.Equal(told, Azure.Disarm(text));

    [Fact]
    public void A_command_that_comes_in_pieces_is_disarmed_too()
    {
        using var raw = new StringWriter { NewLine = "\n" };
        using var log = new DisarmedWriter(raw, Azure);

        log.Write("a ##v");
        log.WriteLine("so[task.complete]\n##[error]");
        log.Write("rest");
        log.Flush();

        Assert.Equal("a # #vso[task.complete]\n# #[error]\nrest", raw.ToString());
    }

    [Theory]
    [InlineData("a\r::add-mask::x\n", "a\n: :add-mask::x\n")]
    [InlineData("a\r\n::error::x\r\n", "a\n: :error::x\n")]
    [InlineData("rest\r::error::x", "rest\n: :error::x")]
    public void A_carriage_return_begins_no_command(string text, string told)
    {
        using var raw = new StringWriter { NewLine = "\n" };
        using var log = new DisarmedWriter(raw, GitHub);

        log.Write(text);
        log.Flush();

        Assert.Equal(told, raw.ToString());
    }

    [Fact]
    public void Outputs_of_github_go_to_its_file_and_a_value_cannot_begin_another()
    {
        var vendor = new GitHubActions(name => name == "GITHUB_OUTPUT" ? Within("out") : null);

        vendor.Output(TextWriter.Null, "digest", "abc");
        vendor.Output(TextWriter.Null, "plan-path", "a\nrefused=0");

        var lines = File.ReadAllLines(Within("out"));
        Assert.Equal("digest=abc", lines[0]);
        Assert.StartsWith("plan-path<<end-", lines[1], StringComparison.Ordinal);
        Assert.Equal(["a", "refused=0", lines[1]["plan-path<<".Length..]], lines[2..]);
    }

    [Fact]
    public void Outputs_and_summary_of_azure_go_to_the_log()
    {
        using var log = new StringWriter { NewLine = "\n" };
        var vendor = new AzurePipelines(name => name == "AGENT_TEMPDIRECTORY" ? root.FullName : null);

        vendor.Output(log, "to-create", "3");
        vendor.Summary(log, "## Plan");

        var lines = log.ToString().TrimEnd().Split('\n');
        Assert.Equal("##vso[task.setvariable variable=toCreate;isOutput=true]3", lines[0]);
        Assert.Equal("## Plan", File.ReadAllText(lines[1]["##vso[task.uploadsummary]".Length..]));
    }

    [Fact]
    public void A_problem_is_shown_where_it_was_caused()
    {
        File.WriteAllText(Within("a:b.yml"), "x");

        var note = Annotation.Of(new Problem("Unknown key", "vm has no key.") { Place = $"{Within("a:b.yml")}:10:3", Command = "az login" });

        Assert.Equal(new Annotation("Unknown key", "vm has no key.\naz login", Within("a:b.yml"), 10, 3), note);
        Assert.Null(Annotation.Of(new Problem("Unknown key", "vm has no key.") { Place = "--set vm.sise" }).Source);
    }

    public void Dispose() => root.Delete(recursive: true);

    private string Within(string name) => Path.Combine(root.FullName, name);
}
