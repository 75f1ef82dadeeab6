using System.Diagnostics;
using DssPipeline.Convergence;

namespace DssPipeline.Planes.Tests;

/// <summary>A dnf that is killed in the middle, and one that must wait for another.</summary>
public sealed class CutTests(TinyRepository repository) : DnfTests(repository)
{
    [Fact]
    public async Task A_dnf_killed_in_the_middle_of_a_transaction_is_seen_and_the_next_make_converges()
    {
        await Machine.Packages(new() { { "install", "tiny 1.0" } }).MakeAsync();
        await Machine.DoAsync("touch /etc/deadly");
        var packages = Machine.Packages(new() { { "install", "tiny 2.0" }, { "install", "deadly" } });

        await Assert.ThrowsAsync<ProblemException>(() => packages.MakeAsync());
        var half = DnfMachine.Version(await packages.LookAsync(), "tiny");
        await Machine.DoAsync("rm /etc/deadly");
        await packages.MakeAsync();

        Assert.Equal("0:1.0-1.el8 and 0:2.0-1.el8", half);
        Assert.Equal("""{"tiny":"0:2.0-1.el8","deadly":"0:1.0-1.el8"}""", (await packages.LookAsync())!["packages"]!.ToJsonString());
        Assert.Equal("2.0", await Machine.DoAsync("cat /opt/tiny/tiny"));
    }

    [Fact]
    public async Task Another_dnf_at_work_is_waited_for_and_that_is_said()
    {
        using var other = Process.Start(new ProcessStartInfo("cat") { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false })!;
        await Machine.DoAsync($"mkdir -p /var/cache/dnf && printf %s {other.Id} >/var/cache/dnf/metadata_lock.pid");
        var said = new List<string>();
        Machine.Hearing = text =>
        {
            said.Add(text);
            if (text.Contains("Waiting for process", StringComparison.Ordinal)) other.StandardInput.Close();
        };
        var packages = Machine.Packages(new() { { "install", "tiny" } });

        await packages.MakeAsync();

        Assert.Contains(said, text => text.Contains($"Waiting for process with pid {other.Id}", StringComparison.Ordinal));
        Assert.Equal("0:2.0-1.el8", DnfMachine.Version(await packages.LookAsync(), "tiny"));
    }
}
