using DssPipeline.Snapshots;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>From DSS 13.5.5 to 14.2.0 by a higher dss.version: planned, made, cut anywhere, and never back.</summary>
[TakesMinutes]
public sealed class UpgradeTests
{
    private const string Version = """curl -s -u "$(cat $data/managed_datasets/key):" http://127.0.0.1:11000/public/api/instance-info | sed 's/.*"dssVersion":"\([^"]*\)".*/\1/'""";

    private static readonly string[] Wish = ["--set", "dss.r=true", "--target", "PushImages"];
    private static readonly string[] OnlyConfig = ["--set", "dss.upgrade.backup=config", .. Wish];

    [Fact]
    public async Task A_higher_version_is_planned_step_by_step_made_with_all_data_kept_and_never_taken_back()
    {
        using var world = await MachineWorld.OldAsync();
        await world.MustAsync("""
            systemctl start dataiku
            echo precious >$data/managed_datasets/precious
            runuser -u dssuser -- $data/bin/dsscli api-key-create --label theirs --admin true --output json | sed -n 's/.*"key": "\(.*\)".*/\1/p' >$data/managed_datasets/key
            """);

        var plan = await world.RunAsync("--set", "dss.r=true", "--target", "Plan");
        var made = await world.RunAsync(Wish);
        var after = await world.MustAsync($"""
            systemctl start dataiku docker
            {Version}; echo
            cat $data/managed_datasets/precious $data/config/migrations.log
            tar -xzOf /data/dss-backups/dss_data-13.5.5-data.tar.gz ./managed_datasets/precious
            docker images --format '{"{{"}.Tag{"}}"}' | sort | uniq -c | tr -s ' '
            touch /data/before
            """);
        var back = await world.RunAsync(["--set", "dss.version=13.5.5", .. Wish]);
        var untouched = await world.MustAsync($"systemctl start dataiku; {Version}; echo; find /data/dataiku/kits $data/bin $data/config $data/install.ini /data/dss-archives /data/dss-backups /etc/systemd -newer /data/before");
        var again = await world.RunAsync("--target", "Plan", "--set", "dss.r=true");

        Snapshot.Verify(string.Join('\n', plan.Ends(2).Lines.SkipWhile(line => !line.StartsWith("InstallDss", StringComparison.Ordinal)).TakeWhile(line => !line.StartsWith("Plan: ", StringComparison.Ordinal))));
        made.Ends(0).Says("Looked again: nothing differs.");
        Assert.Equal("14.2.0\nprecious\n13.5.5 14.2.0\nprecious\n 4 dss-13.5.5\n 4 dss-14.2.0", after);
        back.Ends(4).Says("! machine/dssInstance/reference").Says("DSS cannot go back").Says("DSS 14.2.0 is installed in /data/dataiku/dss_data");
        Assert.DoesNotContain("DSS is stopped", back.Output, StringComparison.Ordinal);
        Assert.Equal("14.2.0", untouched);
        again.Ends(0);
    }

    [Fact]
    public async Task An_upgrade_during_which_the_power_fails_after_each_step_and_within_one_is_finished_by_the_next_runs()
    {
        using var world = await MachineWorld.OldAsync();

        var kills = 0;
        foreach (var isDone in Steps) kills += await world.KilledWhenAsync(isDone, OnlyConfig) ? 1 : 0;
        var last = await world.RunAsync(OnlyConfig);
        var again = await world.RunAsync("--set", "dss.r=true", "--set", "dss.upgrade.backup=config", "--target", "Plan");
        var found = await world.MustAsync("""
            grep -cx '13.5.5 14.2.0' $data/config/migrations.log
            ls -A /data/dss-backups
            tar -tzf /data/dss-backups/dss_data-13.5.5-config.tar.gz | grep -c -e ./config/users.json -e ./install.ini
            ls -d $data* /data/dataiku/kits/* /data/dataiku/kits/.[!.]* 2>/dev/null || true
            """);

        last.Ends(0);
        again.Ends(0).Says("Nothing to do");
        Assert.InRange(kills, 7, 9);
        Assert.Equal("1\ndss_data-13.5.5-config.tar.gz\n2\n/data/dataiku/dss_data\n/data/dataiku/kits/dataiku-dss-13.5.5\n/data/dataiku/kits/dataiku-dss-14.2.0", found);
    }

    [Fact]
    public async Task Who_wishes_for_no_backup_gets_none()
    {
        using var world = await MachineWorld.OldAsync();

        var plan = await world.RunAsync("--target", "Plan", "--set", "dss.r=true", "--set", "dss.upgrade.backup=none");

        Assert.DoesNotContain("dssBackup", plan.Ends(2).Says("machine/dssInstance/reference").Output, StringComparison.Ordinal);
    }

    /// <summary>What is on the data disk when a step is done; the fourth is the middle of one.</summary>
    private static IEnumerable<Func<string, bool>> Steps =>
    [
        disk => Directory.GetFiles($"{disk}/dss-archives", "*14.2.0*.checked").Length == 3,
        disk => !File.Exists($"{disk}/dataiku/dss_data/run/supervisord.pid"),
        disk => File.Exists($"{disk}/dss-backups/dss_data-13.5.5-config.tar.gz"),
        disk => File.Exists($"{disk}/dataiku/dss_data/.dss-pipeline-upgrade"),
        disk => Says($"{disk}/dataiku/dss_data/dss-version.json", "14.2.0"),
        disk => Says($"{disk}/dataiku/dss_data/bin/env-hadoop.sh", "14.2.0"),
        disk => Says($"{disk}/dataiku/dss_data/bin/env-spark.sh", "14.2.0"),
        disk => File.Exists($"{disk}/dataiku/kits/dataiku-dss-14.2.0/.dss-pipeline-r"),
        disk => Says($"{disk}/docker/names", "dss-14.2.0"),
    ];

    private static bool Says(string file, string text) => File.Exists(file) && File.ReadAllText(file).Contains(text, StringComparison.Ordinal);
}
