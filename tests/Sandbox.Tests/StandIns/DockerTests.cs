using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox.Tests.StandIns;

public sealed class DockerTests
{
    private const string Install = """
        dnf -y -q install dnf-plugins-core && dnf config-manager --add-repo https://download.docker.com/linux/rhel/docker-ce.repo
        dnf -y remove podman buildah runc && dnf -y install docker-ce docker-ce-cli containerd.io
        """;

    [Fact]
    public async Task The_engine_serves_root_and_its_group_and_nobody_else()
    {
        await using var machine = await StandInMachine.StartAsync();
        await machine.MustAsync(Install);

        var off = await machine.RunAsync("docker info");
        await machine.MustAsync("mkdir -p /etc/docker; echo '{\"data-root\": \"/data/docker\", \"log-opts\": {\"max-size\": \"100m\"}}' >/etc/docker/daemon.json; systemctl enable --now docker");
        var root = await machine.MustAsync("docker info --format '{{.ServerVersion}} / {{.DockerRootDir}}'");
        var stranger = await machine.RunAsync(DssMachine.AsUser("docker info"));
        var member = await machine.MustAsync("usermod -aG docker dssuser\n" + DssMachine.AsUser("docker version --format '{{.Server.Version}}'"));
        await machine.MustAsync("systemctl stop docker; echo '{\"data-root\": ' >/etc/docker/daemon.json");
        var broken = await machine.RunAsync("systemctl start docker");

        Assert.Contains("Is the docker daemon running?", off.Errors, StringComparison.Ordinal);
        Assert.Equal("28.0.4 / /data/docker\n", root);
        Assert.Equal(1, stranger.Code);
        Assert.StartsWith("permission denied while trying to connect to the Docker daemon socket", stranger.Errors, StringComparison.Ordinal);
        Assert.Equal("28.0.4\n", member);
        Assert.Equal(1, broken.Code);
        Assert.Contains("Job for docker.service failed", broken.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_killed_engine_comes_back_and_has_its_images()
    {
        await using var machine = await StandInMachine.StartAsync();
        await machine.MustAsync(Install + "\nsystemctl start docker; docker pull alpine:latest");

        await machine.MustAsync("kill -KILL $(systemctl show docker -p MainPID --value); for i in {1..200}; do docker info >/dev/null 2>&1 && break; done");
        var images = await machine.MustAsync("docker images --format '{{.Repository}}:{{.Tag}}'; systemctl show docker -p NRestarts --value; docker rmi alpine:latest; docker images -q");

        Assert.StartsWith("alpine:latest\n1\n", images, StringComparison.Ordinal);
        Assert.Contains("Deleted: sha256:", images, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Base_images_are_built_with_their_labels_and_spark_only_after_its_integration()
    {
        await using var machine = await StandInMachine.StartAsync();
        await DssMachine.PrepareAsync(machine);
        await machine.MustAsync(Install + "\nsystemctl start docker; usermod -aG docker dssuser");
        await machine.MustAsync(DssMachine.AsUser("/opt/dss/dataiku-dss-13.5.5/installer.sh -d /data/dss -p $port -P python3.9 -y"));
        const string Build = "/data/dss/bin/dssadmin build-base-image";

        var early = await machine.RunAsync(DssMachine.AsUser($"{Build} --type spark"));
        await machine.MustAsync(DssMachine.AsUser("""
            cd /data/dss && ./bin/dssadmin install-hadoop-integration -standaloneArchive /opt/dss/dataiku-dss-hadoop-standalone-libs-generic-hadoop3-13.5.5.tar.gz &&
            ./bin/dssadmin install-spark-integration -standaloneArchive /opt/dss/dataiku-dss-spark-standalone-13.5.5-3.5.3-generic-hadoop3.tar.gz -forK8S && . bin/env-spark.sh && [ "$DKU_SPARK_VERSION" = 3.5.3 ]
            """));
        await machine.MustAsync(DssMachine.AsUser($"{Build} --type spark --without-r && {Build} --type container-exec --docker-build-opt --label=com.mine=\"a b\" --tag exec:1"));
        var labels = await machine.MustAsync("docker image inspect --format '{{json .Config.Labels}}' exec:1");
        var names = await machine.MustAsync("docker images --format '{{.Repository}}:{{.Tag}}'");
        var unknown = await machine.RunAsync(DssMachine.AsUser($"{Build} --type spark --bogus"));
        var broken = await machine.RunAsync(DssMachine.AsUser($"printf 'COPY missing /x\\n' >/tmp/append; {Build} --type container-exec --dockerfile-append /tmp/append"));

        Assert.Contains("Spark integration does not seem to be setup", early.Errors, StringComparison.Ordinal);
        Assert.Equal("a b", (string?)JsonNode.Parse(labels)!["com.mine"]);
        Assert.Equal("13.5.5", (string?)JsonNode.Parse(labels)!["com.dataiku.dss.version"]);
        Assert.Matches("dku-spark-base-[a-z0-9]{24}:dss-13.5.5", names);
        Assert.Contains("unrecognized arguments: --bogus", unknown.Errors, StringComparison.Ordinal);
        Assert.Equal(1, broken.Code);
        Assert.Contains("Command failed:", broken.Errors, StringComparison.Ordinal);
    }
}
