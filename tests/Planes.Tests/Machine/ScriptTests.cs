using System.Diagnostics;

namespace DssPipeline.Planes.Tests;

/// <summary>The scripts that run on the machine read clean.</summary>
public sealed class ScriptTests
{
    private static readonly string Root = RootOf(AppContext.BaseDirectory);

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Path.Combine(Root, "tasks"), "*.sh", SearchOption.AllDirectories).Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)).Select(file => Path.GetRelativePath(Root, file))];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Shellcheck_has_nothing_to_say_about(string file) => Assert.Equal("", await CheckAsync(Path.Combine(Root, file)));

    [Fact]
    public async Task Shellcheck_has_nothing_to_say_about_the_whole_of_it()
    {
        var whole = Path.Combine(Path.GetTempPath(), $"agent-{Guid.NewGuid():n}.sh");
        var all = Files.Select(row => row.Data).Where(file => !file.EndsWith("/agent.sh", StringComparison.Ordinal)).Select(file => File.ReadAllText(Path.Combine(Root, file)));
        await File.WriteAllTextAsync(whole, string.Join('\n', all) + "\n" + AgentScript.Of().Split("#!/usr/bin/env bash")[^1]);

        // Shellcheck takes a local of one function for that of another, so advice is asked for file by file; here it is about what does not fit together.
        var said = await CheckAsync(whole, "-S", "error");

        File.Delete(whole);
        Assert.Equal("", said);
    }

    [Fact]
    public void No_two_scripts_have_a_function_of_the_same_name()
    {
        var names = Files.SelectMany(row => File.ReadLines(Path.Combine(Root, row.Data))).Select(line => line.Split("() {")).Where(parts => parts.Length > 1 && !parts[0].StartsWith(' ')).Select(parts => parts[0]);

        Assert.Empty(names.GroupBy(name => name).Where(same => same.Count() > 1).Select(same => same.Key));
    }

    private static async Task<string> CheckAsync(string file, params string[] options)
    {
        using var check = Process.Start(new ProcessStartInfo("shellcheck", ["-s", "bash", "-f", "gcc", .. options, file]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var said = await check.StandardOutput.ReadToEndAsync();
        await check.WaitForExitAsync();
        return said;
    }

    private static string RootOf(string folder) => File.Exists(Path.Combine(folder, "DssPipeline.sln")) ? folder : RootOf(Path.GetDirectoryName(folder)!);
}
