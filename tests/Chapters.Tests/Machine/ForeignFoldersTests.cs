using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters.Tests;

/// <summary>In a folder that somebody else owns, and can turn into a link at any moment, root does nothing by name.</summary>
public sealed class ForeignFoldersTests
{
    private static readonly Dictionary<string, string> One = new(StringComparer.Ordinal) { ["KEY"] = "value" };

    [Fact]
    public async Task Files_settings_and_folders_there_are_made_by_their_owner()
    {
        await using var machine = Furnished();
        machine.Run("echo '# kept' >/srv/of/old; chown root: /srv/of/old");
        MachineResource[] resources =
        [
            new MachineFile(machine.Machine, "/srv/of/file", "text") { Owner = "nobody", Group = "nogroup", Mode = "0640" },
            new Settings(machine.Machine, "/srv/of/below/new", SettingsFormat.Env, One) { Birth = SettingsBirth.Made, Owner = "nobody", Group = "nogroup", Mode = "0600" },
            new Settings(machine.Machine, "/srv/of/old", SettingsFormat.Env, One),
            new Folder(machine.Machine, "/srv/of/folder") { Owner = "nobody", Group = "nogroup", Mode = "0700" },
        ];

        foreach (var resource in resources) Assert.Equal(Verb.Keep, (await resource.MakeAsync()).Verb);

        Assert.Equal("nobody nobody nobody nobody nobody", machine.Run("cd /srv/of; echo $(stat -c %U file below below/new old folder)"));
        Assert.Equal("# kept", machine.Run("head -n 1 /srv/of/old"));
        Assert.Equal("text640 600 700", machine.Run("cd /srv/of; echo $(cat file; stat -c %a file below/new folder)"));
    }

    [Fact]
    public async Task Its_links_lead_root_nowhere()
    {
        await using var machine = Furnished();
        machine.Run("mkdir /root/safe; ln -s /root/safe /srv/of/away; ln -s /dev/full /srv/of/.dss-pipeline.draft; before=$(stat -c '%U %a' /root/safe); echo \"$before\" >/root/before");
        MachineResource[] refused =
        [
            new MachineFile(machine.Machine, "/srv/of/away/file", "text") { Owner = "nobody", Group = "nogroup" },
            new Settings(machine.Machine, "/srv/of/away/new", SettingsFormat.Env, One) { Birth = SettingsBirth.Made, Owner = "nobody", Group = "nogroup" },
            new Folder(machine.Machine, "/srv/of/away/folder") { Owner = "nobody", Group = "nogroup" },
            new MachineFile(machine.Machine, "/srv/of/roots", "text"),
            new Folder(machine.Machine, "/srv/of/roots"),
            new Archive(machine.Machine, "/srv/of/archive", "file:///etc/hostname"),
        ];

        foreach (var resource in refused)
        {
            var failure = await Record.ExceptionAsync(resource.MakeAsync);
            Assert.True(failure is ProblemException, $"{resource.Id}: {failure}");
        }

        var draft = await new MachineFile(machine.Machine, "/srv/of/draft", "text") { Owner = "nobody", Group = "nogroup" }.MakeAsync();

        Assert.Equal(Verb.Keep, draft.Verb);
        Assert.Equal("", machine.Run("ls -A /root/safe; stat -c '%U %a' /root/safe | diff - /root/before"));
        Assert.Equal("", machine.Run("ls /run/dss-pipeline | grep draft || :"));
    }

    [Fact]
    public async Task Where_everybody_may_write_nothing_is_written()
    {
        await using var machine = Furnished();
        machine.Run("mkdir -m 0777 /srv/all");

        var failure = await Record.ExceptionAsync(new MachineFile(machine.Machine, "/srv/all/file", "text").MakeAsync);

        Assert.Contains("Everybody may write to /srv/all", failure?.Message, StringComparison.Ordinal);
        Assert.Equal("", machine.Run("ls -A /srv/all"));
    }

    private static LastingMachine Furnished()
    {
        var machine = new LastingMachine();
        machine.Run("mkdir /srv/of; chown nobody:nogroup /srv/of");
        return machine;
    }
}
