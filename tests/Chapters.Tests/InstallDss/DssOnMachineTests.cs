using DssPipeline.Convergence;

namespace DssPipeline.Chapters.Tests;

/// <summary>The scripts of InstallDss on a machine with the stand-in of the kit: installed, bent, upgraded, cut.</summary>
public sealed class DssOnMachineTests
{
    [Fact]
    public async Task A_fresh_DSS_is_installed_and_runs_and_the_second_run_changes_nothing()
    {
        await using var lab = DssLab.Start();
        var wish = lab.Declare();

        var report = await lab.DeployAsync(wish);
        var again = await lab.PlanAsync(wish);

        Assert.True(Stage.Failures(report) is "", Stage.Failures(report));
        Assert.True(again.IsEmpty, new PlanText(Style.Plain).Of("lab", again));
        Assert.Equal("14.2.0", (await lab.MustAsync("sed -n 's/.*product_version\":\"\\([^\"]*\\).*/\\1/p' $data/dss-version.json")).Trim());
        Assert.Equal("401", await lab.MustAsync("curl -s -o /dev/null -w '%{http_code}' http://127.0.0.1:11000/public/api/admin/licensing/status"));
        Assert.Equal("dssuser", (await lab.MustAsync("find /data/dataiku/kits $data -not -user dssuser -print -quit; stat -c %U $data")).Trim());
        Assert.Equal("", (await lab.MustAsync("ls -d /run/dss-license.* 2>/dev/null || true")).Trim());
    }

    [Fact]
    public async Task Whatever_is_bent_is_named_and_repaired()
    {
        await using var lab = DssLab.Start();
        var first = await lab.DeployAsync(Wish(lab));
        Assert.True(Stage.Failures(first) is "", Stage.Failures(first));

        foreach (var (bend, named) in Bends)
        {
            await lab.MustAsync(bend);
            var drift = await lab.PlanAsync(Wish(lab));
            var report = await lab.DeployAsync(Wish(lab));
            var again = await lab.PlanAsync(Wish(lab));

            Assert.True(drift.Changes.Any(change => change.Id.Kind == named && change.Verb is not Verb.Keep), $"{bend}\n{new PlanText(Style.Plain).Of("lab", drift)}");
            Assert.True(Stage.Failures(report) is "", $"{bend}\n{Stage.Failures(report)}");
            Assert.True(again.IsEmpty, $"{bend}\n{new PlanText(Style.Plain).Of("lab", again)}");
        }
    }

    [Fact]
    public async Task An_upgrade_that_dies_after_each_step_is_finished_by_the_next_run()
    {
        await using var lab = DssLab.Start();
        var before = await lab.DeployAsync(lab.Declare("dss.version=13.5.5"));
        Assert.True(Stage.Failures(before) is "", Stage.Failures(before));
        var wish = lab.Declare();
        var steps = new Graph([new Part("InstallDss", "DSS", wish, [])]).Resources;

        var plan = await lab.PlanAsync(wish);
        for (var done = 1; done <= steps.Count; done++)
        {
            var report = await lab.DeployAsync([.. steps.Take(done)]);
            Assert.True(Stage.Failures(report) is "", $"after {steps[done - 1].Id}: {Stage.Failures(report)}");
        }

        var again = await lab.PlanAsync(wish);
        Snapshot.Matches(new PlanText(Style.Plain).Of("lab", plan), Path.Combine(Snapshot.Folder(), "DssOnMachineTests.upgrade.verified.txt"));
        Assert.True(again.IsEmpty, new PlanText(Style.Plain).Of("lab", again));
        Assert.Equal("13.5.5 14.2.0", (await lab.MustAsync("cat $data/config/migrations.log")).Trim());
        Assert.Contains("./config/", await lab.MustAsync("tar -tzf /data/dss-backups/dss_data-13.5.5-data.tar.gz"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lower_version_is_refused_with_the_reason()
    {
        await using var lab = DssLab.Start();
        await lab.DeployAsync(lab.Declare());

        var plan = await lab.PlanAsync(lab.Declare("dss.version=13.5.5"));

        var refused = Assert.Single(plan.Refused);
        Assert.Equal("DSS cannot go back", refused.Problem!.Summary);
        Assert.Contains("DSS 14.2.0 is installed", refused.Problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_Java_is_told_with_what_to_do()
    {
        await using var lab = DssLab.Start();
        await lab.MustAsync("rm -r /usr/lib/jvm/*17*");

        var report = await lab.DeployAsync(lab.Declare());

        var failed = Assert.Single(report.Outcomes, outcome => outcome.Ending is Ending.Failed);
        Assert.Equal("dssInstance", failed.Id.Kind);
        Assert.Contains("Install java-17-openjdk-headless", failed.Problem!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_installation_that_was_cut_is_begun_anew_and_leaves_nothing_half()
    {
        await using var lab = DssLab.Start();
        await lab.MustAsync("install -d -o dssuser -g dssuser /data/dataiku $data; runuser -u dssuser -- touch $data/DSS-INITIAL-INSTALL-IN-PROGRESS.txt $data/half");
        var wish = lab.Declare();

        var report = await lab.DeployAsync(wish);
        var again = await lab.PlanAsync(wish);

        Assert.True(Stage.Failures(report) is "", Stage.Failures(report));
        Assert.True(again.IsEmpty, new PlanText(Style.Plain).Of("lab", again));
        Assert.Equal("nothing", (await lab.MustAsync("ls -d $data.* $data/half 2>/dev/null || echo nothing")).Trim());
    }

    private static IReadOnlyList<Resource> Wish(DssLab lab) => lab.Declare("dss.memory.backend=8g");

    private static IReadOnlyList<(string Bend, string Named)> Bends =>
    [
        ("systemctl stop dataiku", "dssService"),
        ("systemctl disable dataiku", "dssService"),
        ("rm $data/bin/env-hadoop.sh", "dssHadoop"),
        ("rm -r /data/dataiku/kits/dataiku-dss-14.2.0/spark-standalone-home", "dssSpark"),
        ("rm -r /data/dataiku/kits/dataiku-dss-14.2.0/hadoop-standalone-libs/*", "dssHadoop"),
        ("sed -i 's/8g/1g/' $data/install.ini", "settings"),
        ("touch $data/install.ini", "dssConfig"),
        ("echo '{}' >$data/config/license.json", "dssSecretFile"),
        ("rm /etc/systemd/system/dataiku.service", "dssBoot"),
        ("echo >/etc/systemd/system/dataiku.service.d/limits.conf", "file"),
        ("kill -KILL $(cat $data/run/supervisord.pid) $(cat $data/run/backend.pid)", "dssService"),
        ("touch $data/bin/env-site.sh", "dssService"),
        ("chown root /data/dataiku/kits/dataiku-dss-14.2.0", "dssKit"),
        ("sed -i 's/jre-17/jre-11/' $data/bin/env-default.sh", "dssInstance"),
    ];
}
