using DssPipeline.Convergence;

namespace DssPipeline.Planes.Tests;

/// <summary>How the run is let in, and what is left of that afterwards.</summary>
public sealed class KubeconfigTests
{
    private static readonly KubernetesName Default = new("namespaces", null, "default");

    [Fact]
    public async Task The_kubeconfig_is_private_and_gone_with_the_run()
    {
        await using var world = await ClusterWorld.StartAsync();

        var plane = world.Plane(options => options with { Program = Telling(world) });
        await plane.GetAsync(Default, default);
        var file = await ToldAsync(world);
        var mode = File.GetUnixFileMode(file);
        var token = (await File.ReadAllTextAsync(file)).Split("token: ")[1].Split('\n')[0];
        await plane.DisposeAsync();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode);
        Assert.False(File.Exists(file));
        Assert.False(Directory.Exists(Path.GetDirectoryName(file)));
        Assert.Equal("the (secret) of it", world.Redactor.Clean($"the {token} of it"));
    }

    [Fact]
    public async Task A_cancelled_question_ends_its_kubectl_and_leaves_no_file()
    {
        await using var world = await ClusterWorld.StartAsync();
        world.Sandbox.Faults.Add("slow@GET */namespaces/* delay=60s on=kubernetes");
        using var cancel = new CancellationTokenSource();

        var plane = world.Plane(options => options with { Program = Telling(world) });
        var asked = plane.GetAsync(Default, cancel.Token);
        while (world.Sandbox.Faults.Hits(world.Sandbox.Faults.Rules[0]) == 0) await Task.Yield();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        await plane.DisposeAsync();

        Assert.False(Directory.Exists(Path.GetDirectoryName(await ToldAsync(world))));
    }

    [Fact]
    public async Task A_cluster_that_takes_entra_is_opened_with_a_token_and_without_kubelogin()
    {
        await using var world = await ClusterWorld.StartAsync(""","aadProfile":{"managed":true}""");
        var audiences = new List<string>();
        await using var with = world.Plane(options => options with
        {
            Token = async (audience, cancel) =>
            {
                audiences.Add(audience);
                return new Secret((await world.Credential.GetTokenAsync(new([$"{audience}/.default"]), cancel)).Token);
            },
        });
        await using var without = world.Plane();

        var nodes = await with.NodesAsync(default);
        var failure = await Assert.ThrowsAsync<ProblemException>(() => without.NodesAsync(default));

        Assert.Equal(2, nodes.Count);
        Assert.Equal(["6dae42f8-4368-4678-94ff-3960e28e3630"], audiences);
        Assert.Equal("No kubelogin on this machine", failure.Problems[0].Summary);
    }

    [Fact]
    public async Task An_old_kubeconfig_is_asked_for_again()
    {
        await using var world = await ClusterWorld.StartAsync();
        var asked = 0;
        await using var plane = world.Plane(options => options with
        {
            Lifetime = TimeSpan.Zero,
            Kubeconfig = cancel =>
            {
                asked++;
                return world.KubeconfigAsync(cancel);
            },
        });

        await plane.GetAsync(Default, default);
        await plane.GetAsync(Default, default);

        Assert.Equal(2, asked);
    }

    [Theory]
    [InlineData("<html>sign in to the proxy</html>")]
    [InlineData("clusters: []\nusers: []")]
    [InlineData("a: b: c: secret-word")]
    public async Task What_is_no_kubeconfig_is_told_without_its_text(string text)
    {
        await using var plane = new Kubernetes(new() { Cluster = "aks", Kubeconfig = _ => Task.FromResult<Secret?>(new(text)) }, TimeProvider.System);

        var failure = await Assert.ThrowsAsync<ProblemException>(() => plane.GetAsync(Default, default));

        Assert.Equal("Kubeconfig cannot be read", failure.Problems[0].Summary);
        Assert.DoesNotContain("secret-word", failure.Problems[0].Detail, StringComparison.Ordinal);
    }

    /// <summary>kubectl, which tells beforehand where its kubeconfig is.</summary>
    private static string Telling(ClusterWorld world)
    {
        var program = Path.Combine(world.Folder, "kubectl");
        File.WriteAllText(program, $"#!/bin/sh\nprintf %s \"$KUBECONFIG\" > '{world.Folder}/told'\nexec kubectl \"$@\"\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return program;
    }

    private static Task<string> ToldAsync(ClusterWorld world) => File.ReadAllTextAsync(Path.Combine(world.Folder, "told"));
}
