using DssPipeline.Convergence;

namespace DssPipeline.Planes.Tests;

/// <summary>Packages, through the real dnf and rpm and a repository of tiny packages.</summary>
public sealed class PackagesTests(TinyRepository repository) : DnfTests(repository)
{
    [Fact]
    public async Task What_lacks_is_installed_with_what_it_needs_and_the_second_look_is_the_same()
    {
        var packages = Machine.Packages(new() { { "install", "tool" }, { "unwanted", "podman" } });

        var before = await packages.LookAsync();
        await packages.MakeAsync();
        var (after, again) = (await packages.LookAsync(), await packages.LookAsync());

        Assert.Equal("""{"packages":{"tool":"absent","podman":"absent"},"held":[],"streams":{}}""", before!.ToJsonString());
        Assert.Equal("""{"packages":{"tool":"0:1.0-1.el8","podman":"absent"},"held":[],"streams":{}}""", after!.ToJsonString());
        Assert.Equal(after.ToJsonString(), again!.ToJsonString());
        Assert.Equal("2.0", await Machine.DoAsync("cat /opt/tiny/tiny"));
    }

    [Theory]
    [InlineData("1.0", "0:1.0-1.el8")]
    [InlineData("1.1", "0:1.1-1.el8")]
    [InlineData("1", "0:1.10-1.el8")]
    [InlineData("2.0-1", "0:2.0-1.el8")]
    public async Task A_version_is_met_up_to_a_dot_or_a_dash(string version, string expected)
    {
        var packages = Machine.Packages(new() { { "install", $"tiny {version}" } });

        await packages.MakeAsync();

        Assert.Equal(expected, DnfMachine.Version(await packages.LookAsync(), "tiny"));
    }

    [Fact]
    public async Task A_stated_version_is_upgraded_and_downgraded_to()
    {
        var seen = new List<string?>();
        foreach (var version in (string[])["1.1", "2.0", "1.0"])
        {
            var packages = Machine.Packages(new() { { "install", $"tiny {version}" } });
            await packages.MakeAsync();
            seen.Add(DnfMachine.Version(await packages.LookAsync(), "tiny"));
        }

        Assert.Equal(["0:1.1-1.el8", "0:2.0-1.el8", "0:1.0-1.el8"], seen);
    }

    [Fact]
    public async Task What_is_there_in_any_version_stays_as_it_is()
    {
        await Machine.Packages(new() { { "install", "tiny 1.0" } }).MakeAsync();

        await Machine.Packages(new() { { "install", "tiny" }, { "install", "tool" } }).MakeAsync();

        Assert.Equal("1.0", await Machine.DoAsync("cat /opt/tiny/tiny"));
    }

    [Fact]
    public async Task A_held_version_stays_through_updates_until_it_is_released_or_another_is_wished()
    {
        var held = Machine.Packages(new() { { "install", "tiny 1.1" }, { "hold", "tiny" } });
        await held.MakeAsync();
        await Machine.DoAsync("dnf -y upgrade >/dev/null 2>&1");
        var kept = await held.LookAsync();

        var moved = Machine.Packages(new() { { "install", "tiny 1.10" }, { "hold", "tiny" } });
        await moved.MakeAsync();
        var higher = await moved.LookAsync();
        await Machine.Packages(new() { { "install", "tiny" }, { "release", "tiny" } }).MakeAsync();
        await Machine.DoAsync("dnf -y upgrade >/dev/null 2>&1");
        var released = await moved.LookAsync();

        Assert.Equal("""{"packages":{"tiny":"0:1.1-1.el8"},"held":["tiny"],"streams":{}}""", kept!.ToJsonString());
        Assert.Equal("""{"packages":{"tiny":"0:1.10-1.el8"},"held":["tiny"],"streams":{}}""", higher!.ToJsonString());
        Assert.Equal("""{"packages":{"tiny":"0:2.0-1.el8"},"held":[],"streams":{}}""", released!.ToJsonString());
    }

    [Fact]
    public async Task Holds_of_others_are_left_alone()
    {
        await Machine.DoAsync("printf '# mine\\nother-0:1.0-1.*\\n!bad-0:2.0-1.*\\n' >/etc/dnf/plugins/versionlock.list");

        await Machine.Packages(new() { { "install", "tiny 1.0" }, { "hold", "tiny" } }).MakeAsync();

        Assert.Equal("# mine\nother-0:1.0-1.*\n!bad-0:2.0-1.*\ntiny-0:1.0-1.el8.*", await Machine.DoAsync("cat /etc/dnf/plugins/versionlock.list"));
    }

    [Fact]
    public async Task What_is_not_wanted_goes_and_what_somebody_removed_comes_back()
    {
        await Machine.Packages(new() { { "install", "tool" } }).MakeAsync();
        await Machine.DoAsync("rpm -e tool");
        var packages = Machine.Packages(new() { { "install", "tool" } });
        var bent = DnfMachine.Version(await packages.LookAsync(), "tool");
        await packages.MakeAsync();
        var repaired = DnfMachine.Version(await packages.LookAsync(), "tool");

        var unwanted = Machine.Packages(new() { { "unwanted", "tool" } });
        await unwanted.MakeAsync();

        Assert.Equal(("absent", "0:1.0-1.el8", "absent"), (bent, repaired, DnfMachine.Version(await unwanted.LookAsync(), "tool")));
    }

    [Fact]
    public async Task An_unknown_package_is_told_by_name_and_the_others_are_not_installed()
    {
        var packages = Machine.Packages(new() { { "install", "tiny" }, { "install", "tinny" } });

        var failure = await Assert.ThrowsAsync<ProblemException>(() => packages.MakeAsync());

        Assert.Contains("Unable to find a match: tinny", failure.Problems[0].Detail, StringComparison.Ordinal);
        Assert.Equal("absent", DnfMachine.Version(await packages.LookAsync(), "tiny"));
    }

    [Theory]
    [InlineData("-v")]
    [InlineData("--nogpgcheck")]
    [InlineData("$(touch /etc/ran)")]
    [InlineData("tiny;touch /etc/ran")]
    [InlineData("../tiny")]
    public async Task What_is_no_name_of_a_package_reaches_nobody(string name)
    {
        var failure = await Assert.ThrowsAsync<ProblemException>(() => Machine.Packages(new() { { "install", name } }).MakeAsync());

        Assert.Contains("no name of a package", failure.Problems[0].Detail, StringComparison.Ordinal);
        Assert.Equal("", await Machine.DoAsync("find /etc/ran 2>/dev/null || true"));
    }

    [Fact]
    public async Task A_version_that_came_after_the_metadata_was_fetched_is_found()
    {
        await Machine.Packages(new() { { "install", "tiny 1.0" } }).MakeAsync();
        await Machine.DoAsync($"mkdir /opt/published && cp -r {new Uri(Tiny.Of("signed")).LocalPath}. /opt/published && sed -i s,^baseurl=.*,baseurl=file:///opt/published/, /etc/yum.repos.d/tiny.repo && dnf -q makecache && rm -rf /opt/published && cp -r {new Uri(Tiny.Of("newer")).LocalPath}. /opt/published");
        var packages = Machine.Packages(new() { { "install", "tiny 3.0" } });

        await packages.MakeAsync();

        Assert.Equal("0:3.0-1.el8", DnfMachine.Version(await packages.LookAsync(), "tiny"));
    }

    [Fact]
    public async Task The_database_of_rpm_is_mended_when_it_is_broken()
    {
        await Machine.DoAsync("dnf -y install tiny >/dev/null 2>&1 && printf broken >/var/lib/rpm/rpmdb.sqlite && rm -f /var/lib/rpm/rpmdb.sqlite-*");
        var packages = Machine.Packages(new() { { "install", "tiny" } });
        var broken = DnfMachine.Version(await packages.LookAsync(), "tiny");

        Assert.Equal("unknown: the database of rpm is broken", broken);
    }
}
