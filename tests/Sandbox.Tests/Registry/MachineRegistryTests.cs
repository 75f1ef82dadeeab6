using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox.Tests.Registry;

/// <summary>Docker inside a machine, with both engines, against a registry that it finds by its real name.</summary>
public sealed class MachineRegistryTests
{
    private const string Host = "acrone.azurecr.io";
    private const string Image = $"{Host}/team/hello";

    private const string Install = """
        exec 2>&1
        sudo dnf -y -q install dnf-plugins-core && sudo dnf config-manager --add-repo https://download.docker.com/linux/rhel/docker-ce.repo
        sudo dnf -y remove podman buildah runc; sudo dnf -y install docker-ce docker-ce-cli containerd.io && sudo systemctl start docker
        """;

    private const string Build = """
        mkdir -p /tmp/image && cd /tmp/image && echo content >content
        printf 'FROM scratch\nLABEL of="the machine" kind=test\nCOPY content /content\n' >Dockerfile
        """;

    [Theory]
    [InlineData(MachineEngine.StandIn)]
    [InlineData(MachineEngine.Real)]
    public async Task An_image_is_pushed_and_comes_back_as_the_same(MachineEngine engine)
    {
        Assert.SkipUnless(engine == MachineEngine.StandIn || MachineHost.ProblemOfEngine is null, "docker.io is not installed");
        await using var world = await StartAsync(engine);
        var (user, password) = (world.Client.Endpoints.ClientId, world.Client.Endpoints.ClientSecret);
        await world.SshAsync($"{Build}\nsudo docker build -q -t {Image}:1 .");
        var id = await world.SshAsync($"sudo docker image inspect -f '{{{{.Id}}}}' {Image}:1");

        var early = await world.SshAsync($"sudo docker push {Image}:1 2>&1; echo ended with $?");
        var wrong = await world.SshAsync($"echo wrong | sudo docker login -u {user} --password-stdin {Host} 2>&1; echo ended with $?");
        await world.SshAsync($"echo {password} | sudo docker login -u {user} --password-stdin {Host}");
        var pushed = await world.SshAsync($"sudo docker push {Image}:1");
        var manifest = JsonNode.Parse(await world.SshAsync($"sudo docker manifest inspect {Image}:1"))!;
        var again = await world.SshAsync($"sudo docker tag {Image}:1 {Image}:2 && sudo docker push {Image}:2");
        await world.SshAsync($"sudo docker rmi {Image}:1 {Image}:2 && sudo docker pull -q {Image}:2");
        var back = await world.SshAsync($"sudo docker image inspect -f '{{{{.Id}}}}' {Image}:2");
        var label = await world.SshAsync($"sudo docker image inspect -f '{{{{index .Config.Labels \"of\"}}}}' {Image}:2");
        var digest = await world.SshAsync($"sudo docker image inspect -f '{{{{index .RepoDigests 0}}}}' {Image}:2");
        var nowhere = await world.SshAsync($"sudo docker pull {Image}:3 2>&1; echo ended with $?");

        Assert.Contains("authentication required", early, StringComparison.Ordinal);
        Assert.EndsWith("ended with 1", early, StringComparison.Ordinal);
        Assert.Contains("unauthorized: authentication required", wrong, StringComparison.Ordinal);
        Assert.Contains("1: digest: sha256:", pushed, StringComparison.Ordinal);
        Assert.Equal(id, (string?)manifest["config"]!["digest"]);
        Assert.Contains("Layer already exists", again, StringComparison.Ordinal);
        Assert.Equal(id, back);
        Assert.Equal("the machine", label);
        Assert.Contains(digest.Split('@')[1], pushed, StringComparison.Ordinal);
        Assert.Contains("not found", nowhere, StringComparison.Ordinal);
        Assert.EndsWith("ended with 1", nowhere, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_kept_at_a_login_goes_with_the_logout_and_all_else_stays()
    {
        await using var world = await StartAsync(MachineEngine.StandIn);
        var (user, password) = (world.Client.Endpoints.ClientId, world.Client.Endpoints.ClientSecret);
        const string Config = "/tmp/config/config.json";

        await world.SshAsync($"mkdir /tmp/config && echo '{{\"psFormat\": \"x\", \"auths\": {{\"other.io\": {{\"auth\": \"eDp5\"}}}}}}' >{Config}");
        await world.SshAsync($"echo {password} | sudo DOCKER_CONFIG=/tmp/config docker login -u {user} --password-stdin {Host}");
        var kept = JsonNode.Parse(await world.SshAsync($"sudo cat {Config}"))!;
        var mode = await world.SshAsync($"sudo stat -c %a {Config}");
        var other = await world.SshAsync($"{Build}\nsudo docker build -q -t {Image}:1 . && sudo docker --config /tmp/config push -q {Image}:1");
        await world.SshAsync($"sudo docker --config /tmp/config logout {Host}");
        var left = JsonNode.Parse(await world.SshAsync($"sudo cat {Config}"))!;
        var remains = await world.SshAsync($"sudo grep -rlF '{password}' /tmp /root /var/lib/docker /home; true");

        Assert.Equal($"{user}:{password}", System.Text.Encoding.UTF8.GetString(Convert.FromBase64String((string)kept["auths"]![Host]!["auth"]!)));
        Assert.Equal("600", mode);
        Assert.EndsWith($"{Image}:1", other, StringComparison.Ordinal);
        Assert.Equal("""{"psFormat":"x","auths":{"other.io":{"auth":"eDp5"}}}""", left.ToJsonString());
        Assert.Equal("", remains);
    }

    private static async Task<MachineWorld> StartAsync(MachineEngine engine)
    {
        var world = await MachineWorld.StartAsync(engine: engine);
        var url = $"{world.Client.Endpoints.Arm}subscriptions/{world.Client.Endpoints.SubscriptionId}/providers/Microsoft.ContainerRegistry";
        await world.ArmAsync("POST", $"{url}/register?api-version=2021-04-01");
        for (var look = 0; look < 3; look++) await world.ArmAsync("GET", $"{url}?api-version=2021-04-01");
        await world.MakeAsync("providers/Microsoft.ContainerRegistry/registries/acrone", "2025-11-01", new { location = "westeurope", sku = new { name = "Standard" }, properties = new { } });
        await world.SshAsync(Install);
        return world;
    }
}
