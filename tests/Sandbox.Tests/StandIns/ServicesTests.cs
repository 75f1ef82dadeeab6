namespace DssPipeline.Sandbox.Tests.StandIns;

public sealed class ServicesTests
{
    private const string Unit = """
        cat >/etc/systemd/system/mine.service <<'END'
        [Service]
        User=dssuser
        Environment="GREETING=good day"
        LimitNOFILE=4321
        WorkingDirectory=/var
        ExecStart=/bin/bash -c "pwd; id -un; echo $$GREETING; ulimit -n; ls /proc/self/fd | wc -l; exec sleep infinity"

        [Install]
        WantedBy=multi-user.target
        END
        sed -i 's/\$\$/$/' /etc/systemd/system/mine.service
        systemctl daemon-reload

        """;

    [Fact]
    public async Task A_service_runs_as_its_user_with_its_environment_and_limits_and_no_files_of_its_caller()
    {
        await using var machine = await StandInMachine.StartAsync();

        await machine.MustAsync(Unit + "exec 7</etc/passwd; systemctl enable --now mine; for i in {1..200}; do [ \"$(journalctl -u mine | wc -l)\" = 5 ] && break; done");
        var log = await machine.MustAsync("journalctl -u mine -n 5");
        var state = await machine.MustAsync("systemctl is-active mine; systemctl is-enabled mine; systemctl show mine -p ActiveState,NRestarts,LimitNOFILE,FragmentPath --value");

        // Standard input, output and error, and the folder that ls reads.
        Assert.Equal("/var\ndssuser\ngood day\n4321\n4\n", log);
        Assert.Equal("active\nenabled\nactive\n0\n4321\n/etc/systemd/system/mine.service\n", state);
    }

    [Fact]
    public async Task A_drop_in_counts_after_daemon_reload_and_is_warned_about_before()
    {
        await using var machine = await StandInMachine.StartAsync();
        await machine.MustAsync(Unit + "systemctl start mine");

        var before = await machine.RunAsync("mkdir -p /etc/systemd/system/mine.service.d; printf '[Service]\\nLimitNOFILE=2222\\n' >/etc/systemd/system/mine.service.d/limits.conf; systemctl show mine -p NeedDaemonReload,LimitNOFILE --value; systemctl restart mine");
        var after = await machine.MustAsync("systemctl daemon-reload; systemctl show mine -p NeedDaemonReload,LimitNOFILE --value; systemctl restart mine; grep 'open files' /proc/$(systemctl show mine -p MainPID --value)/limits");

        Assert.Equal("yes\n4321\n", before.Output);
        Assert.Contains("Run 'systemctl daemon-reload'", before.Errors, StringComparison.Ordinal);
        Assert.StartsWith("no\n2222\n", after, StringComparison.Ordinal);
        Assert.Contains("2222", after[8..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_unit_that_is_not_there_or_fails_is_told_as_systemd_tells_it()
    {
        await using var machine = await StandInMachine.StartAsync();

        var none = await machine.RunAsync("systemctl start nothing");
        var enabled = await machine.RunAsync("systemctl is-enabled nothing");
        await machine.MustAsync("printf '[Service]\\nType=oneshot\\nRemainAfterExit=yes\\nExecStart=/bin/true\\n' >/etc/systemd/system/once.service; printf '[Service]\\nType=forking\\nExecStart=/bin/false\\n' >/etc/systemd/system/never.service");
        var once = await machine.MustAsync("systemctl start once; systemctl show once -p ActiveState,SubState --value");
        var never = await machine.RunAsync("systemctl start never; systemctl is-failed never");

        Assert.Equal(5, none.Code);
        Assert.Contains("Unit nothing.service not found.", none.Errors, StringComparison.Ordinal);
        Assert.Equal(1, enabled.Code);
        Assert.Equal("active\nexited\n", once);
        Assert.Equal("failed\n", never.Output);
        Assert.Contains("Job for never.service failed", never.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Boot_starts_what_is_enabled_and_shutdown_leaves_no_process_of_a_service()
    {
        await using var machine = await StandInMachine.StartAsync();
        await machine.MustAsync(Unit + "systemctl enable mine chronyd");

        var up = await machine.MustAsync("systemctl standin-boot; systemctl is-active mine chronyd firewalld || true");
        var down = await machine.RunAsync("systemctl standin-shutdown; systemctl is-active mine chronyd; pgrep -u dssuser");

        Assert.Equal("active\nactive\ninactive\n", up);
        Assert.Equal("inactive\ninactive\n", down.Output);
        Assert.Equal(1, down.Code);
    }

    [Fact]
    public async Task Selinux_firewall_and_kernel_settings_are_kept_as_asked()
    {
        await using var machine = await StandInMachine.StartAsync();

        var selinux = await machine.MustAsync("getenforce; setenforce 0; getenforce");
        var off = await machine.RunAsync("firewall-cmd --add-port=11000/tcp");
        var rules = await machine.MustAsync("systemctl start firewalld; firewall-cmd --permanent --add-port=11000/tcp; firewall-cmd --query-port=11000/tcp || true; firewall-cmd --reload; firewall-cmd --list-ports");
        var kernel = await machine.MustAsync("sysctl -q -w user.max_user_namespaces=12345; sysctl -n user.max_user_namespaces");

        Assert.Equal("Enforcing\nPermissive\n", selinux);
        Assert.Equal(252, off.Code);
        Assert.Equal("success\nno\nsuccess\n11000/tcp\n", rules);
        Assert.Equal("12345\n", kernel);
    }
}
