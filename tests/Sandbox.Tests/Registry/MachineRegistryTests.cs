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
        mkdir -p $HOME/image && cd $HOME/image && echo content >content
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
        const string Config = "$HOME/config/config.json";

        await world.SshAsync($"mkdir $HOME/config && echo '{{\"psFormat\": \"x\", \"auths\": {{\"other.io\": {{\"auth\": \"eDp5\"}}}}}}' >{Config}");
        await world.SshAsync($"echo {password} | sudo DOCKER_CONFIG=$HOME/config docker login -u {user} --password-stdin {Host}");
        var kept = JsonNode.Parse(await world.SshAsync($"sudo cat {Config}"))!;
        var mode = await world.SshAsync($"sudo stat -c %a {Config}");
        var other = await world.SshAsync($"{Build}\nsudo docker build -q -t {Image}:1 . && sudo docker --config $HOME/config push -q {Image}:1");
        await world.SshAsync($"sudo docker --config $HOME/config logout {Host}");
        var left = JsonNode.Parse(await world.SshAsync($"sudo cat {Config}"))!;
        var remains = await world.SshAsync($"sudo grep -rlF '{password}' /tmp /root /var/lib/docker /home; true");

        Assert.Equal($"{user}:{password}", System.Text.Encoding.UTF8.GetString(Convert.FromBase64String((string)kept["auths"]![Host]!["auth"]!)));
        Assert.Equal("600", mode);
        Assert.EndsWith($"{Image}:1", other, StringComparison.Ordinal);
        Assert.Equal("""{"psFormat":"x","auths":{"other.io":{"auth":"eDp5"}}}""", left.ToJsonString());
        Assert.Equal("", remains);
    }

    [Fact]
    public async Task Az_logs_docker_in_as_the_identity_of_the_machine_once_it_has_the_role()
    {
        await using var world = await StartAsync(MachineEngine.StandIn);
        var identity = await MachineIdentities.IdentityAsync(world, "id-vm");
        await world.SshAsync("exec 2>&1; sudo dnf -y install https://packages.microsoft.com/config/rhel/8/packages-microsoft-prod.rpm && sudo dnf -y install azure-cli && sudo usermod -aG docker azureuser");
        await world.SshAsync($"{Build}\nsudo docker build -q -t {Image}:1 .");

        var nobody = await world.SshAsync("az acr login -n acrone 2>&1; echo ended with $?");
        var lacking = await world.SshAsync("az login --identity 2>&1; echo ended with $?");
        await MachineIdentities.HaveAsync(world, identity);
        var signedIn = JsonNode.Parse(await world.SshAsync("az login --identity"))!;
        var denied = await world.SshAsync("az acr login -n acrone 2>&1; echo ended with $?");
        await AssignAsync(world, (string)identity["properties"]!["principalId"]!);
        await world.SshAsync("az acr login -n acrone");
        var pushed = await world.SshAsync($"docker push {Image}:1");
        var exposed = await world.SshAsync("az acr login -n acrone --expose-token --query loginServer -o tsv");
        var absent = await world.SshAsync("az acr login -n acrnone 2>&1; echo ended with $?");
        await world.SshAsync("az logout");
        var left = await world.SshAsync("az account get-access-token 2>&1; echo ended with $?");

        Assert.Contains("Please run 'az login' to setup account.", nobody, StringComparison.Ordinal);
        Assert.Contains("Identity not found", lacking, StringComparison.Ordinal);
        Assert.EndsWith("ended with 1", lacking, StringComparison.Ordinal);
        Assert.Equal(world.Client.Endpoints.SubscriptionId, (string?)signedIn[0]!["id"]);
        Assert.Contains("Unable to get AAD authorization tokens with message: authentication required", denied, StringComparison.Ordinal);
        Assert.Contains("1: digest: sha256:", pushed, StringComparison.Ordinal);
        Assert.Equal(Host, exposed);
        Assert.Contains("Could not connect to the registry login server 'acrnone.azurecr.io'", absent, StringComparison.Ordinal);
        Assert.Contains("Please run 'az login' to setup account.", left, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Az_signs_in_as_a_service_principal_and_says_why_it_does_not()
    {
        await using var world = await StartAsync(MachineEngine.StandIn);
        var (user, password, tenant) = (world.Client.Endpoints.ClientId, world.Client.Endpoints.ClientSecret, world.Client.Endpoints.TenantId);
        await world.SshAsync("exec 2>&1; sudo dnf -y install https://packages.microsoft.com/config/rhel/8/packages-microsoft-prod.rpm && sudo dnf -y install azure-cli");

        var wrong = await world.SshAsync($"az login --service-principal -u {user} -p wrong --tenant {tenant} 2>&1; echo ended with $?");
        await world.SshAsync($"az login --service-principal -u {user} -p {password} --tenant {tenant} -o none");
        await world.SshAsync($"sudo AZURE_CONFIG_DIR=$HOME/.azure az acr login --name acrone");
        var group = await world.SshAsync($"curl -sS -o /dev/null -w '%{{http_code}}' -H \"Authorization: Bearer $(az account get-access-token --query accessToken -o tsv)\" https://management.azure.com/subscriptions/{world.Client.Endpoints.SubscriptionId}/resourceGroups/rg?api-version=2025-04-01");
        var mode = await world.SshAsync("stat -c %a $HOME/.azure/stand-in/secret");

        Assert.Contains("AADSTS7000215", wrong, StringComparison.Ordinal);
        Assert.Equal("200", group);
        Assert.Equal("600", mode);
    }

    private static async Task AssignAsync(MachineWorld world, string principal)
    {
        var role = $"/subscriptions/{world.Client.Endpoints.SubscriptionId}/providers/Microsoft.Authorization/roleDefinitions/{RegistryWorld.Push}";
        await world.MakeAsync(
            $"providers/Microsoft.ContainerRegistry/registries/acrone/providers/Microsoft.Authorization/roleAssignments/{Guid.NewGuid()}",
            "2022-04-01",
            new { properties = new { principalId = principal, principalType = "ServicePrincipal", roleDefinitionId = role } });
    }

    private static async Task<MachineWorld> StartAsync(MachineEngine engine)
    {
        var world = await MachineWorld.StartAsync(engine: engine);
        await MachineIdentities.RegisterAsync(world);
        await world.MakeAsync("providers/Microsoft.ContainerRegistry/registries/acrone", "2025-11-01", new { location = "westeurope", sku = new { name = "Standard" }, properties = new { } });
        await world.SshAsync(Install);
        return world;
    }
}
