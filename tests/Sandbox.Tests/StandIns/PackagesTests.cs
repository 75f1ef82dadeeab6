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

    [Fact]
    public async Task What_no_repository_offers_is_not_found_and_nothing_is_installed()
    {
        await using var machine = await StandInMachine.StartAsync();

        var end = await machine.RunAsync("dnf -y install git nothing-of-this-name; rpm -q git");

        Assert.Contains("Error: Unable to find a match: nothing-of-this-name", end.Errors, StringComparison.Ordinal);
        Assert.Contains("package git is not installed", end.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_locked_version_is_kept_by_upgrades_and_a_lower_one_needs_downgrade()
    {
        await using var machine = await StandInMachine.StartAsync();
        await machine.MustAsync("dnf -y install python3-dnf-plugin-versionlock git-2.43.5 && dnf versionlock add git");

        var due = await machine.RunAsync("dnf -q check-update git");
        await machine.MustAsync("dnf -y upgrade git && rpm -q git | grep -F git-2.43.5 && dnf versionlock delete git");
        var free = await machine.RunAsync("dnf -q check-update git");
        var changed = await machine.MustAsync("dnf -y upgrade --security git >/dev/null; rpm -q git; dnf -y downgrade git-2.43.5 >/dev/null; rpm -q git");

        Assert.Equal(0, due.Code);
        Assert.Equal(100, free.Code);
        Assert.Equal("git-2.43.7-1.el8_10.x86_64\ngit-2.43.5-1.el8_10.x86_64\n", changed);
    }

    [Fact]
    public async Task A_killed_transaction_leaves_half_of_it_and_the_next_one_finishes()
    {
        await using var machine = await StandInMachine.StartAsync();

        await machine.MustAsync("dnf -q makecache; echo 30 >/run/dss-sandbox/faults/dnf-slow");
        await machine.RunAsync("setsid timeout -s KILL 2 dnf -y install unzip zip acl");
        var half = await machine.RunAsync("rpm -q unzip zip acl");
        await machine.MustAsync("rm /run/dss-sandbox/faults/dnf-slow; timeout 60 dnf -y install unzip zip acl; rpm -q unzip zip acl; rpm -V unzip zip");

        Assert.NotEqual(0, half.Code);
    }

    [Fact]
    public async Task A_second_dnf_waits_for_the_first()
    {
        await using var machine = await StandInMachine.StartAsync();

        var end = await machine.MustAsync("touch /run/dss-sandbox/faults/dnf-locked; dnf -y install acl >/tmp/out 2>&1 & until grep -q 'Waiting for process with pid' /tmp/out 2>/dev/null; do :; done; rm /run/dss-sandbox/faults/dnf-locked; wait; rpm -q acl; timeout 1 true");

        Assert.StartsWith("acl-", end, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clients_say_the_version_of_their_package()
    {
        await using var machine = await StandInMachine.StartAsync();
        await machine.MustAsync("""
            printf '[kubernetes]\nname=Kubernetes\nbaseurl=https://pkgs.k8s.io/core:/stable:/v1.32/rpm/\nenabled=1\ngpgcheck=1\ngpgkey=https://pkgs.k8s.io/core:/stable:/v1.32/rpm/repodata/repomd.xml.key\n' >/etc/yum.repos.d/kubernetes.repo
            rpm --import https://packages.microsoft.com/keys/microsoft.asc
            dnf -y install https://packages.microsoft.com/config/rhel/8/packages-microsoft-prod.rpm
            dnf -y install kubectl azure-cli java-17-openjdk-headless
            """);

        var said = await machine.MustAsync("kubectl version --client -o json | grep gitVersion; az version -o json | grep '\"azure-cli\"'; /usr/lib/jvm/java-17-openjdk/bin/java -version 2>&1");

        Assert.Contains("\"gitVersion\": \"v1.32.9\"", said, StringComparison.Ordinal);
        Assert.Contains("\"azure-cli\": \"2.80.0\"", said, StringComparison.Ordinal);
        Assert.Contains("openjdk version \"17.", said, StringComparison.Ordinal);
    }
}
