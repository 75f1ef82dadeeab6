using System.Text.RegularExpressions;

namespace DssPipeline.Sandbox.Tests;

/// <summary>What docs/sandbox.md shows is what the program understands.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Root(), "docs", "sandbox.md"));

    [Fact]
    public void Every_fault_it_shows_is_understood_and_every_kind_is_shown()
    {
        var table = FaultInTable().Matches(Text).Select(match => match.Groups["rule"].Value);
        var commands = FaultInCommand().Matches(Text).Select(match => match.Groups["rule"].Value);

        var rules = table.Concat(commands).SelectMany(script => FaultScript.Parse(script).OrThrow()).ToList();

        Assert.Equal(Enum.GetValues<FaultKind>().Order(), rules.Select(rule => rule.Kind).Distinct().Order());
    }

    [Fact]
    public void Every_option_of_a_fault_is_explained()
    {
        var unknown = FaultScript.Parse("429 what").Problems[0];

        var options = OptionName().Matches(unknown).Select(match => match.Value).ToList();

        Assert.NotEmpty(options);
        Assert.All(options, option => Assert.Contains($"| `{option}` |", Text, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_latency_it_shows_is_understood()
    {
        var forms = LatencyInText().Matches(Text).Select(match => match.Groups["form"].Value).ToList();

        Assert.Equal(["none", "100ms", "real", "real/60"], forms.Select(form => Latency.Parse(form).ToString()));
    }

    [Theory]
    [InlineData(SandboxIds.Tenant)]
    [InlineData(SandboxIds.Subscription)]
    [InlineData(SandboxIds.Client)]
    [InlineData(SandboxIds.ServicePrincipal)]
    public void The_ids_it_names_are_the_ids(string id) => Assert.Contains($"`{id}`", Text, StringComparison.Ordinal);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "DssPipeline.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }

    [GeneratedRegex(@"^\|.*\| `(?<rule>[^`]*@[^`]*)` \|$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FaultInTable();

    [GeneratedRegex("--faults \"(?<rule>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FaultInCommand();

    [GeneratedRegex("[a-z-]+=", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OptionName();

    [GeneratedRegex("--latency (?<form>[^` ]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LatencyInText();
}
