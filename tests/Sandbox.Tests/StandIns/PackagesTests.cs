namespace DssPipeline.Sandbox.Tests.StandIns;

public sealed class PackagesTests
{
    [Fact]
    public async Task Docker_is_installed_from_its_repository_once_what_conflicts_is_gone()
    {
        await using var machine = await StandInMachine.StartAsync();

        var missing = await machine.RunAsync("rpm -q docker-ce podman nothing");
        await machine.MustAsync("dnf -y install dnf-plugins-core && dnf config-manager --add-repo https://download.docker.com/linux/rhel/docker-ce.repo");
        var conflict = await machine.RunAsync("dnf -y install docker-ce containerd.io");
        await machine.MustAsync("dnf -y remove podman buildah runc && dnf -y install docker-ce-27.5.1 docker-ce-cli-27.5.1 containerd.io");
        var found = await machine.MustAsync("rpm -q --qf '%{NAME} %{VERSION}-%{RELEASE}\\n' docker-ce docker-ce-cli; rpm -q gpg-pubkey; ls /usr/bin/docker; getent group docker");
        var again = await machine.MustAsync("dnf -y install docker-ce-27.5.1");

        Assert.Equal(2, missing.Code);
        Assert.Contains("package docker-ce is not installed", missing.Output, StringComparison.Ordinal);
        Assert.Equal(1, conflict.Code);
        Assert.Contains("conflicts with runc", conflict.Errors, StringComparison.Ordinal);
        Assert.Contains("docker-ce 27.5.1-1.el8\ndocker-ce-cli 27.5.1-1.el8", found, StringComparison.Ordinal);
        Assert.Contains("gpg-pubkey-621e9f35-", found, StringComparison.Ordinal);
        Assert.Contains("Nothing to do.", again, StringComparison.Ordinal);
    }
}
