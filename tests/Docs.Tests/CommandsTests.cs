using System.Text.RegularExpressions;
using DssPipeline.Chapters;

namespace DssPipeline.Docs.Tests;

/// <summary>Commands that the docs show can be typed as they stand: projects, scripts, options, targets and files exist.</summary>
public partial class CommandsTests
{
    // Programs that a reader has or is told to install; what they are given is not ours to check.
    private static readonly string[] Foreign = ["git", "cd", "cp", "export", "az", "curl", "jq", "kubectl", "ssh", "docker", "get", "echo", "cat", "watch"];

    // Names of files that a reader chooses.
    private static readonly Regex Chosen = ChosenFile();

    private static readonly HashSet<string> HostOptions = [.. Options("build/RunSettings.cs", CommandOption()), "--help", "-h"];
    private static readonly HashSet<string> SandboxOptions = [.. Options("sandbox/CommandLine.cs", Quoted())];

    [Fact]
    public void Every_command_exists()
    {
        var commands = Page.All.SelectMany(page => page.Commands.Select(command => (page.File, command.Line, command.Text))).ToList();

        var wrong = commands.SelectMany(command => Wrong(command.Text).Select(problem => $"{command.File}:{command.Line}: {command.Text}: {problem}"));

        Assert.NotEmpty(commands);
        Found.Nothing(wrong);
    }

    [Fact]
    public void The_options_of_the_programs_were_found()
    {
        Found.Nothing(new[] { "--sandbox", "--manifest", "--target", "--plan-file" }.Except(HostOptions));
        Found.Nothing(new[] { "--state", "--faults" }.Except(SandboxOptions));
    }

    private static IEnumerable<string> Wrong(string command)
    {
        if (Definition().IsMatch(command)) return [];

        var words = Word().Matches(command.Split(" #")[0].Split(" | ")[0].Split(" > ")[0].Split(" && ")[0].TrimEnd('&', ' ')).Select(match => match.Value.Trim('"', '\'')).ToList();
        while (words is [var first, ..] && Assignment().IsMatch(first)) words.RemoveAt(0);
        return words switch
        {
            [] => [],
            ["dotnet", "run", .. var rest] => Run(rest),
            [['-', ..], ..] => Host(words),
            ["dotnet", "cake", .. var rest] => Host(rest),
            ["dotnet", "test" or "build" or "format", .. var rest] => Missing(rest.Where(word => word.Contains('/') || word.EndsWith(".sln", StringComparison.Ordinal))),
            ["dotnet", "tool", "restore"] => Missing([".config/dotnet-tools.json"]),
            ["bash", var script, ..] => Missing([script]),
            [var program, ..] when Foreign.Contains(program) => [],
            _ => ["this command is not known here"],
        };
    }

    private static IEnumerable<string> Run(List<string> words)
    {
        var project = words.SkipWhile(word => word != "--project").Skip(1).FirstOrDefault() ?? "";
        var arguments = words.SkipWhile(word => word != "--").Skip(1).ToList();
        return Missing([project]).Concat(project switch
        {
            "build" => Host(arguments),
            "sandbox" => Unknown(Own(arguments), SandboxOptions),
            _ => [],
        });
    }

    // What follows a second -- is a line for the machine.
    private static IEnumerable<string> Own(List<string> arguments) => arguments is ["ssh", ..] ? arguments.TakeWhile(word => word != "--") : arguments;

    private static IEnumerable<string> Host(List<string> arguments) => Unknown(arguments, HostOptions)
        .Concat(After(arguments, "--target", "-t").Select(Contents.ProblemWith).OfType<DssPipeline.Convergence.Problem>().Select(problem => problem.Detail))
        .Concat(Missing(After(arguments, "--manifest", "-m").Where(file => !Chosen.IsMatch(file))));

    private static IEnumerable<string> After(List<string> arguments, params string[] names) =>
        arguments.Zip(arguments.Skip(1)).Where(pair => names.Contains(pair.First)).Select(pair => pair.Second);

    private static IEnumerable<string> Unknown(IEnumerable<string> arguments, HashSet<string> known) =>
        arguments.Where(word => word.StartsWith('-')).Select(word => word.Split('=')[0]).Where(word => !known.Contains(word)).Select(word => $"there is no option {word}");

    private static IEnumerable<string> Missing(IEnumerable<string> paths) =>
        paths.Where(path => !Repository.Has(path)).Select(path => $"there is no {path}");

    private static IEnumerable<string> Options(string file, Regex pattern) =>
        pattern.Matches(Repository.Read(file)).SelectMany(match => match.Groups["names"].Value.Split('|')).Where(name => name.StartsWith('-'));

    [GeneratedRegex("""CommandOption\("(?<names>[^" ]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CommandOption();

    [GeneratedRegex("""
        "(?<names>--[a-z-]+)"
        """, RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"""[^""]*""|'[^']*'|\S+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Word();

    // A shell function, or a variable that takes what a command prints.
    [GeneratedRegex(@"^\w+(\(\)|=""?\$\()", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Definition();

    [GeneratedRegex(@"^\w+=", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"^(deployment|my)[\w.-]*\.ya?ml$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ChosenFile();
}
