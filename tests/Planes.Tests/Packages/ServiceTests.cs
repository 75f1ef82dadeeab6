using DssPipeline.Convergence;

namespace DssPipeline.Planes.Tests;

/// <summary>A service that must run, start at boot and have read its files: looked at through a systemctl that keeps its state in files.</summary>
public sealed class ServiceTests : IAsyncLifetime
{
    private const string Good = """{"state":"active","enabled":true,"masked":false,"current":true}""";

    private DnfMachine machine = null!;

    public async ValueTask InitializeAsync()
    {
        machine = await DnfMachine.StartAsync();
        await machine.DoAsync(Systemctl);
    }

    public ValueTask DisposeAsync() => machine.DisposeAsync();

    [Fact]
    public async Task A_service_nobody_installed_is_absent_and_making_it_says_what_lacks()
    {
        await machine.DoAsync("rm /etc/standin/load");

        var seen = await Docker.LookAsync();
        var failure = await Assert.ThrowsAsync<ProblemException>(() => Docker.MakeAsync());

        Assert.Null(seen);
        Assert.Contains("There is no service docker.service", failure.Problems[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_started_and_enabled_and_the_second_make_does_nothing()
    {
        var before = await Docker.LookAsync();
        await Docker.MakeAsync();
        var after = await Docker.LookAsync();
        await Docker.MakeAsync();

        Assert.Equal("""{"state":"inactive","enabled":false,"masked":false}""", before!.ToJsonString());
        Assert.Equal(Good, after!.ToJsonString());
        Assert.Equal("enable start", await machine.DoAsync("xargs </etc/standin/log"));
    }

    [Theory]
    [InlineData("touch -d 'now + 1 minute' /etc/docker.json", """{"state":"active","enabled":true,"masked":false,"current":false}""", "restart")]
    [InlineData("echo yes >/etc/standin/reload", """{"state":"active","enabled":true,"masked":false,"current":false}""", "daemon-reload")]
    [InlineData("echo inactive >/etc/standin/active", """{"state":"inactive","enabled":true,"masked":false}""", "start")]
    [InlineData("echo disabled >/etc/standin/enabled", """{"state":"active","enabled":false,"masked":false,"current":true}""", "enable")]
    [InlineData("echo masked >/etc/standin/load; echo masked >/etc/standin/enabled", """{"state":"active","enabled":false,"masked":true,"current":true}""", "unmask enable")]
    public async Task What_somebody_changed_is_seen_and_repaired(string deed, string expected, string deeds)
    {
        await Docker.MakeAsync();
        await machine.DoAsync($"rm /etc/standin/log; {deed}");

        var bent = await Docker.LookAsync();
        await machine.DoAsync("true");
        await Docker.MakeAsync();
        var done = await machine.DoAsync("xargs </etc/standin/log; touch /etc/docker.json");

        Assert.Equal(expected, bent!.ToJsonString());
        Assert.StartsWith(deeds, done, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_changed_before_the_start_and_files_that_are_not_there_are_no_news()
    {
        await machine.DoAsync("touch -d '1 minute ago' /etc/docker.json");
        await Docker.MakeAsync();

        Assert.Equal(Good, (await Docker.LookAsync())!.ToJsonString());
    }

    private Probe Docker => new(machine.Inside, "service", "docker.service", new() { { "unit", "docker.service" }, { "reads", "/etc/docker.json" }, { "reads", "/etc/not-there" }, { "state", "active" }, { "enabled", true } });

    private const string Systemctl = """
        mkdir -p /etc/standin /usr/bin
        echo loaded >/etc/standin/load; echo inactive >/etc/standin/active; echo disabled >/etc/standin/enabled; echo no >/etc/standin/reload; echo 0 >/etc/standin/started
        rm -f /usr/bin/systemctl
        cat >/usr/bin/systemctl <<'END'
        #!/bin/bash
        cd /etc/standin || exit 1
        if [ "$1" = show ]; then
            printf 'LoadState=%s\nActiveState=%s\nUnitFileState=%s\nNeedDaemonReload=%s\nExecMainStartTimestampMonotonic=%s\n' "$(cat load 2>/dev/null || echo not-found)" "$(<active)" "$(<enabled)" "$(<reload)" "$(<started)"
            exit
        fi
        [ "$1" = reset-failed ] || echo "$1" >>log
        case $1 in
            start | restart) read -r up _ </proc/uptime; echo "${up/./}0000" >started; echo active >active ;;
            enable) echo enabled >enabled ;;
            unmask) echo loaded >load; echo disabled >enabled ;;
            daemon-reload) echo no >reload ;;
        esac
        END
        chmod 755 /usr/bin/systemctl
        """;
}
