using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox.Tests.Registry;

/// <summary>The programs that people use, against the registry of a sandbox.</summary>
public sealed class RegistryToolsTests
{
    private const string Image = $"{RegistryWorld.Host}/team/hello";
    private const string Nobody = "00000000-0000-0000-0000-000000000000";

    [Fact]
    public async Task Skopeo_copies_there_and_back_and_inspects()
    {
        Assert.SkipUnless(Has("skopeo"), "skopeo is not installed");
        await using var world = await RegistryWorld.StartAsync("""{"adminUserEnabled":true}""");
        await using var tools = RegistryTools.Of(world);
        var (name, password) = await world.AdminAsync();
        Layout(tools.Of("image"));

        await tools.MustAsync("skopeo", "login", "--authfile", tools.Of("auth.json"), "-u", name, "-p", password, RegistryWorld.Host);
        await tools.MustAsync("skopeo", "copy", "--insecure-policy", "--authfile", tools.Of("auth.json"), $"dir:{tools.Of("image")}", $"docker://{Image}:1");
        await tools.MustAsync("skopeo", "copy", "--insecure-policy", "--authfile", tools.Of("auth.json"), $"docker://{Image}:1", $"docker://{RegistryWorld.Host}/other/hello:2");
        var seen = JsonNode.Parse(await tools.MustAsync("skopeo", "inspect", "--authfile", tools.Of("auth.json"), $"docker://{Image}:1"))!;
        var tags = JsonNode.Parse(await tools.MustAsync("skopeo", "list-tags", "--authfile", tools.Of("auth.json"), $"docker://{RegistryWorld.Host}/other/hello"))!;
        await tools.MustAsync("skopeo", "copy", "--insecure-policy", "--authfile", tools.Of("auth.json"), $"docker://{RegistryWorld.Host}/other/hello:2", $"oci:{tools.Of("back")}:x");
        await tools.MustAsync("skopeo", "delete", "--authfile", tools.Of("auth.json"), $"docker://{Image}:1");
        var (code, gone) = await tools.RunAsync("skopeo", "inspect", "--authfile", tools.Of("auth.json"), $"docker://{Image}:1");

        Assert.Equal(Image, (string?)seen["Name"]);
        Assert.Equal(RegistryWorld.Digest(File.ReadAllBytes(Path.Combine(tools.Of("image"), "manifest.json"))), (string?)seen["Digest"]);
        Assert.Equal("2", (string?)tags["Tags"]![0]);
        Assert.NotEqual(0, code);
        Assert.Contains("repository name not known to registry", gone, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Docker_logs_in_as_a_service_principal_pushes_and_pulls()
    {
        Assert.SkipUnless(Has("dockerd"), "docker.io is not installed");
        await using var world = await RegistryWorld.StartAsync();
        await using var tools = RegistryTools.Of(world);
        await tools.StartEngineAsync();
        File.WriteAllText(tools.Of("content"), "content");
        await tools.MustAsync("tar", "-cf", "image.tar", "content");
        await tools.MustAsync("docker", "import", "image.tar", $"{Image}:1");

        var (early, denied) = await tools.RunAsync("docker", "push", $"{Image}:1");
        await tools.MustAsync("docker", "login", "-u", world.Client.Endpoints.ClientId, "-p", world.Client.Endpoints.ClientSecret, RegistryWorld.Host);
        var pushed = await tools.MustAsync("docker", "push", $"{Image}:1");
        await tools.MustAsync("docker", "rmi", $"{Image}:1");
        await tools.MustAsync("docker", "pull", $"{Image}:1");
        var manifest = JsonNode.Parse(await tools.MustAsync("docker", "manifest", "inspect", $"{Image}:1"));

        Assert.NotEqual(0, early);
        Assert.Contains("authentication required", denied, StringComparison.Ordinal);
        Assert.Contains("1: digest: sha256:", pushed, StringComparison.Ordinal);
        Assert.Single(manifest!["layers"]!.AsArray());
        Assert.Contains(Image, await tools.MustAsync("docker", "images", "--format", "{{.Repository}}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Docker_logs_in_with_a_token_and_one_who_may_only_pull_does_not_push()
    {
        Assert.SkipUnless(Has("dockerd"), "docker.io is not installed");
        await using var world = await RegistryWorld.StartAsync();
        await using var tools = RegistryTools.Of(world);
        await tools.StartEngineAsync();
        await tools.MustAsync("tar", "-cf", "image.tar", "hosts");
        await tools.MustAsync("docker", "import", "image.tar", $"{Image}:2");
        await world.PushAsync("team/other", "1", await world.OwnerAsync("team/other"));
        using var exchanged = await world.ExchangeAsync(await world.EntraAsync(await world.IdentityAsync("id-pull", RegistryWorld.Pull)));
        var refresh = (string)(await SandboxClient.JsonOf(exchanged))["refresh_token"]!;

        var (wrong, refused) = await tools.RunAsync("docker", "login", "-u", world.Client.Endpoints.ClientId, "-p", "wrong", RegistryWorld.Host);
        await tools.MustAsync("docker", "login", "-u", Nobody, "-p", refresh, RegistryWorld.Host);
        var (code, denied) = await tools.RunAsync("docker", "push", $"{Image}:2");
        var kept = JsonNode.Parse(File.ReadAllText(Path.Combine(tools.Of("config"), "config.json")))!;

        Assert.NotEqual(0, wrong);
        Assert.Contains("unauthorized: authentication required", refused, StringComparison.Ordinal);
        Assert.NotEqual(0, code);
        Assert.Matches("authentication required|requested access to the resource is denied", denied);
        Assert.NotNull((string?)kept["auths"]![RegistryWorld.Host]!["identitytoken"]);
        await tools.MustAsync("docker", "manifest", "inspect", $"{RegistryWorld.Host}/team/other:1");
    }

    private static bool Has(string program) => Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>An image as skopeo keeps it in a folder.</summary>
    private static void Layout(string folder)
    {
        Directory.CreateDirectory(folder);
        byte[] config = [.. """{"architecture":"amd64","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":[]}}"""u8];
        var manifest = System.Text.Encoding.UTF8.GetBytes($$$"""{"schemaVersion":2,"mediaType":"{{{RegistryWorld.Manifest}}}","config":{"mediaType":"application/vnd.docker.container.image.v1+json","size":{{{config.Length}}},"digest":"{{{RegistryWorld.Digest(config)}}}"},"layers":[]}""");
        File.WriteAllText(Path.Combine(folder, "version"), "Directory Transport Version: 1.1\n");
        File.WriteAllBytes(Path.Combine(folder, "manifest.json"), manifest);
        File.WriteAllBytes(Path.Combine(folder, RegistryWorld.Digest(config)["sha256:".Length..]), config);
    }
}
