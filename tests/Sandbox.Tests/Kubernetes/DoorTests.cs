namespace DssPipeline.Sandbox.Tests;

/// <summary>Who is let in to an API server, and where it is found.</summary>
public sealed class DoorTests
{
    [Fact]
    public async Task The_kubeconfig_of_resource_manager_opens_the_cluster()
    {
        await using var world = await KubernetesWorld.StartAsync();

        var admin = await world.SaidAsync("version -o json");
        await world.LetInAsync("listClusterUserCredential");
        var may = await world.SaidAsync("auth can-i create pods --namespace default");
        var who = await world.SaidAsync("auth whoami");

        Assert.Contains("\"gitVersion\": \"v1.33", admin, StringComparison.Ordinal);
        Assert.Equal("yes\n", may);
        Assert.Contains("masterclient", who, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_token_and_none_are_refused()
    {
        await using var world = await KubernetesWorld.StartAsync();
        var config = await File.ReadAllTextAsync(world.Config);
        await File.WriteAllTextAsync(world.Config, config.Replace("token: ", "token: x", StringComparison.Ordinal));

        var (code, _, errors) = await world.KubectlAsync("version");
        var host = config.Split("tls-server-name: ")[1].Split('\n')[0];
        using var none = await world.Sandbox.SendAsync(HttpMethod.Get, $"{world.Sandbox.Endpoints.Kubernetes}{host}/api/v1/namespaces", token: null);

        Assert.Equal(1, code);
        Assert.Contains("You must be logged in to the server", errors, StringComparison.Ordinal);
        Assert.Equal(401, (int)none.StatusCode);
        Assert.Equal("Unauthorized", (string?)(await SandboxClient.JsonOf(none))["reason"]);
    }

    [Fact]
    public async Task A_cluster_that_takes_entra_wants_kubelogin_and_takes_tokens_for_aks()
    {
        await using var world = await KubernetesWorld.StartAsync(""","aadProfile":{"managed":true}""");
        var told = await world.LetInAsync("listClusterUserCredential");
        var (good, bad) = (await world.Sandbox.TokenAsync("6dae42f8-4368-4678-94ff-3960e28e3630"), await world.Sandbox.TokenAsync(SandboxClient.Arm));
        var frame = (await File.ReadAllTextAsync(world.Config)).Split("    exec:")[0];

        await File.WriteAllTextAsync(world.Config, $"{frame}    token: {good}\n");
        var nodes = await world.SaidAsync("get nodes -o name");
        await File.WriteAllTextAsync(world.Config, $"{frame}    token: {bad}\n");
        var (_, _, errors) = await world.KubectlAsync("version");

        Assert.Contains("command: kubelogin", told, StringComparison.Ordinal);
        Assert.Equal(3, nodes.Count('\n'));
        Assert.Contains("You must be logged in to the server", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_answers_in_the_words_of_an_api_server()
    {
        await using var world = await KubernetesWorld.StartAsync();
        world.Sandbox.Server.Faults.Add("403@GET */namespaces on=kubernetes");

        var (code, _, errors) = await world.KubectlAsync("get namespaces");

        Assert.Equal(1, code);
        Assert.StartsWith("Error from server (Forbidden):", errors, StringComparison.Ordinal);
    }
}
