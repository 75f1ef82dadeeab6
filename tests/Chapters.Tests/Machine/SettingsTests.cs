using DssPipeline.Convergence;

namespace DssPipeline.Chapters.Tests;

/// <summary>Only our keys are touched: what others wrote stays byte for byte.</summary>
public sealed class SettingsTests
{
    [Theory]
    [InlineData(SettingsFormat.Properties, "# head\nb : 1\nlong = a\\\n  b\nb=2\n! tail\n", "a.b=x y", "# head\nb : 1\nlong = a\\\n  b\nb=2\n! tail\na.b=x y\n")]
    [InlineData(SettingsFormat.Properties, "a.b = 1\nc=d\na.b : \\\n 2\ne\n", "a.b= x\\", "a.b=\\ x\\\\\nc=d\ne\n")]
    [InlineData(SettingsFormat.Ini, "; c\n[a]\nB = 1\n  more\n# t\n\n[z]\ny = 1\n", "a.b=2", "; c\n[a]\nb = 2\n# t\n\n[z]\ny = 1\n")]
    [InlineData(SettingsFormat.Ini, "[a]\nc = 1\n\n\n[z]\ny = 1", "a.b=2", "[a]\nc = 1\nb = 2\n\n\n[z]\ny = 1\n")]
    [InlineData(SettingsFormat.Ini, "[z]\ny = 1\n", "a.b=2", "[z]\ny = 1\n\n[a]\nb = 2\n")]
    public async Task A_key_is_laid_in_where_it_belongs(SettingsFormat format, string before, string setting, string after)
    {
        await using var machine = new LastingMachine();
        await new MachineFile(machine.Machine, "/opt/s", before) { Owner = "daemon", Mode = "0604" }.MakeAsync();
        var (key, value) = (setting[..setting.IndexOf('=', StringComparison.Ordinal)], setting[(setting.IndexOf('=', StringComparison.Ordinal) + 1)..]);

        var made = await new Settings(machine.Machine, "/opt/s", format, new Dictionary<string, string>(StringComparer.Ordinal) { [key] = value }).MakeAsync();

        Assert.Equal(Verb.Keep, made.Verb);
        Assert.Equal($"{after}.", machine.Run("cat /opt/s; printf ."));
        Assert.Equal("daemon 604", machine.Run("stat -c '%U %a' /opt/s"));
    }

    [Fact]
    public async Task A_file_that_others_must_make_is_not_made()
    {
        await using var machine = new LastingMachine();

        var problem = await new Settings(machine.Machine, "/opt/none", SettingsFormat.Ini, new Dictionary<string, string>(StringComparer.Ordinal) { ["a.b"] = "c" }).ProblemAsync();

        Assert.Contains("/opt/none is not there", problem.Detail, StringComparison.Ordinal);
    }
}
