namespace DssPipeline.Sandbox.Tests;

public sealed class MachineLifeTests
{
    [Fact]
    public async Task It_is_a_bare_AlmaLinux_that_sees_nothing_of_the_host()
    {
        await using var world = await MachineWorld.StartAsync();
        using var secret = new TemporaryFolder();

        var release = await world.SshAsync("cat /etc/redhat-release; hostname; cat /proc/1/comm; ip -4 -o address show lo | grep -c 10.1.0.");
        var host = await world.SshAsync($"ls -d {secret.Path} 2>&1 | grep -c 'No such'; ls /home; sudo ls -A /root; ps -e -o args= | grep -c '[d]otnet exec'; true");
        var hidden = await world.SshAsync("for program in git docker dockerd podman kubectl az java nginx python3; do command -v $program; done; true");

        Assert.Equal(["AlmaLinux release 8.10 (Cerulean Leopard)", "dss-host", "bash", "1"], release.Split('\n'));
        Assert.Equal(["1", "azureuser", "0"], host.Split('\n'));
        Assert.Equal("", hidden);
    }

    [Fact]
    public async Task A_restart_keeps_the_files_and_clears_what_is_temporary()
    {
        await using var world = await MachineWorld.StartAsync();
        await world.SshAsync("sudo touch /etc/kept /var/kept /opt/kept /usr/bin/kept /usr/local/bin/kept /run/gone; touch /tmp/gone ~/kept");

        await world.ActAsync("restart");

        Assert.Equal("/etc/kept\n/opt/kept\n/usr/bin/kept\n/usr/local/bin/kept\n/var/kept\nkept", await world.SshAsync("ls /etc/kept /var/kept /opt/kept /usr/bin/kept /usr/local/bin/kept; ls"));
        Assert.Equal("", await world.SshAsync("ls /tmp; ls /run | grep gone; true"));
    }

    [Fact]
    public async Task A_reboot_from_inside_comes_back()
    {
        await using var world = await MachineWorld.StartAsync();
        var before = await world.SshAsync("cat /proc/sys/kernel/random/boot_id >/dev/null; stat -c %Y.%i /proc/1; sudo touch /run/before");

        await SshClient.RunAsync(world.Machine, "sudo kill -TERM 1");
        var after = await world.SshUntilUpAsync("ls /run/before 2>&1 | grep -c 'No such'");

        Assert.NotEqual("", before);
        Assert.Equal("1", after);
    }

    [Fact]
    public async Task It_follows_its_power_and_goes_with_its_resource()
    {
        await using var world = await MachineWorld.StartAsync();
        await world.SshAsync("sudo touch /etc/kept");

        await world.ActAsync("deallocate");
        var off = await SshClient.RunAsync(world.Machine, "true");
        await world.ActAsync("start");
        var kept = await world.SshAsync("ls /etc/kept");
        await world.DeleteAsync(MachineWorld.Vm());

        Assert.Equal((255, "/etc/kept"), (off.Code, kept));
        Assert.Empty(world.Client.Endpoints.Machines);
    }

    [Fact]
    public async Task Two_worlds_stand_side_by_side_and_use_the_same_ports()
    {
        await using var one = await MachineWorld.StartAsync();
        await using var other = await MachineWorld.StartAsync();
        const string Serve = "setsid bash -c 'exec 3<>/dev/tcp/127.0.0.1/22; head -c 7 <&3'";

        var banners = await Task.WhenAll(one.SshAsync(Serve), other.SshAsync(Serve));
        await one.SshAsync("sudo touch /etc/mine");

        Assert.Equal(["SSH-2.0", "SSH-2.0"], banners);
        Assert.Equal("", await other.SshAsync("ls /etc | grep mine; true"));
        Assert.NotEqual(one.Machine.HostKey, other.Machine.HostKey);
    }

    [Fact]
    public async Task Its_internet_is_the_sandbox_and_is_trusted()
    {
        await using var world = await MachineWorld.StartAsync();

        var status = await world.SshAsync("curl -sS -o /dev/null -w '%{http_code} %{ssl_verify_result} ' https://download.docker.com/nothing; curl -sS -o /dev/null -w '%{http_code}' http://pkgs.k8s.io/nothing");
        var outside = await world.SshAsync("curl -sS --max-time 2 https://example.com 2>&1 | grep -c 'resolve'");

        Assert.Equal(("404 0 404", "1"), (status, outside));
        Assert.Equal(2, world.Server.Requests.Count(request => request.Endpoint == Endpoint.Downloads && request.Path == "/nothing"));
    }

    [Fact]
    public async Task Any_port_of_it_can_be_opened_on_the_host()
    {
        await using var world = await MachineWorld.StartAsync();
        using var socket = new System.Net.Sockets.TcpClient();

        await socket.ConnectAsync(world.Machine.Address(22));
        var banner = new byte[7];
        await socket.GetStream().ReadExactlyAsync(banner);

        Assert.Equal("SSH-2.0", System.Text.Encoding.ASCII.GetString(banner));
        Assert.Equal(world.Machine.SshPort, world.Machine.Address(22).Port);
    }
}
