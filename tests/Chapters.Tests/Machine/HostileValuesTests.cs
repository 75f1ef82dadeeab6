using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters.Tests;

/// <summary>Values that would like to be commands arrive letter by letter, or are refused.</summary>
public sealed class HostileValuesTests
{
    // An INI file takes these letters in the name of a setting as they are.
    private const string Quotes = "a'b\"c\\";

    private static readonly string[] Nasty =
    [
        "$(touch /tmp/canary)", "`touch /tmp/canary`", "';touch /tmp/canary;'", "\"; touch /tmp/canary; \"", "-rf", "a\ntouch /tmp/canary\n", "${IFS}&&touch /tmp/canary",
        "\\'$(touch /tmp/canary)", "x[$(touch /tmp/canary)]", "é 😀 \t#!=:\\", "%s%n%b\\x41", "@", "*", Quotes, " both ends ",
    ];

    [Fact]
    public async Task Contents_names_and_settings_arrive_as_they_are()
    {
        await using var machine = new LastingMachine();
        machine.Run("touch /opt/p");
        foreach (var (nasty, index) in Nasty.Select((nasty, index) => (nasty, index)))
        {
            var name = nasty.Replace("/", "", StringComparison.Ordinal);
            MachineResource[] resources =
            [
                new MachineFile(machine.Machine, $"/opt/n{index}/{name}", nasty),
                new Folder(machine.Machine, $"/srv/{name}/below"),
                new Settings(machine.Machine, "/opt/p", SettingsFormat.Properties, One(nasty, nasty)),
                new Settings(machine.Machine, "/opt/e", SettingsFormat.Env, One("KEY", nasty)) { Birth = SettingsBirth.Made },
                new Settings(machine.Machine, $"/opt/n{index}/{name}", SettingsFormat.Env, One("KEY", nasty)),
            ];

            foreach (var resource in resources) Assert.Equal((Verb.Keep, nasty), ((await resource.MakeAsync()).Verb, nasty));
            Assert.Equal(nasty + ".", machine.Run(". /opt/e; printf '%s.' \"$KEY\""));
        }

        Assert.Equal("no canary", machine.Run("[ -e /tmp/canary ] || echo no canary"));
    }

    [Fact]
    public async Task What_cannot_be_said_safely_is_refused_and_never_run()
    {
        await using var machine = new LastingMachine();
        machine.Run("printf '[a]\\nb = c\\n' >/opt/i");
        foreach (var nasty in Nasty)
        {
            MachineResource[] resources =
            [
                .. nasty == Quotes ? Array.Empty<MachineResource>() : [new Settings(machine.Machine, "/opt/i", SettingsFormat.Ini, One($"a.{nasty}", "v"))],
                new Settings(machine.Machine, "/opt/e", SettingsFormat.Env, One(nasty, "v")) { Birth = SettingsBirth.Made },
                new Sysctl(machine.Machine, nasty, "1"),
                new MachineTimeZone(machine.Machine, nasty),
                new Account(machine.Machine, nasty),
                new Limits(machine.Machine, nasty) { OpenFiles = 1, Processes = 1 },
                new Archive(machine.Machine, "/opt/a", nasty),
            ];

            foreach (var resource in resources)
            {
                var failure = await Record.ExceptionAsync(resource.MakeAsync);
                Assert.True(failure is ProblemException, $"{resource.Id} with {nasty}: {failure}");
            }
        }

        Assert.IsType<ProblemException>(await Record.ExceptionAsync(new Settings(machine.Machine, "/opt/i", SettingsFormat.Ini, One($"a.{Quotes}", "v")).MakeAsync));
        Assert.Equal("no canary", machine.Run("[ -e /tmp/canary ] || echo no canary"));
    }

    [Fact]
    public async Task Nothing_is_written_through_a_link()
    {
        await using var machine = new LastingMachine();
        machine.Run("mkdir /opt/d; ln -s /etc/passwd /opt/d/f; ln -s /etc /opt/d/g; ln -s /etc/passwd /opt/d/.dss-pipeline.h");

        var file = await new MachineFile(machine.Machine, "/opt/d/f", "x").LookAsync();
        var folder = await new Folder(machine.Machine, "/opt/d/g").LookAsync();
        var draft = await new MachineFile(machine.Machine, "/opt/d/h", "x").MakeAsync();

        Assert.Equal((Verb.Refuse, "Something stands in the way"), (file.Verb, file.Problem?.Summary));
        Assert.Contains("a symbolic link to /etc", folder.Problem?.Detail, StringComparison.Ordinal);
        Assert.Equal(Verb.Keep, draft.Verb);
        Assert.StartsWith("root:", machine.Run("cat /etc/passwd"), StringComparison.Ordinal);
    }

    private static Dictionary<string, string> One(string key, string value) => new(StringComparer.Ordinal) { [key] = value };
}
