using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox.Tests;

/// <summary>Pods are placed, pulled, run and end, with logs and events, as the real kubectl sees them.</summary>
public sealed class PodTests
{
    [Theory]
    [InlineData("""["sh","-c","echo hello $WHO; sleep 0.2; echo done && exit 0"]""", "Succeeded", "0", "hello world\ndone\n")]
    [InlineData("""["python","-c","import sys; print('one; two'); sys.exit(3)"]""", "Failed", "3", "one; two\n")]
    [InlineData("""["/bin/echo","-n","x"]""", "Succeeded", "0", "x")]
    [InlineData("""["false"]""", "Failed", "1", "")]
    [InlineData("""["sh","-c","set -e; nonsense; echo no"]""", "Failed", "127", "sh: 1: nonsense: not found\n")]
    [InlineData("""["nonsense"]""", "Failed", "128", "")]
    public async Task A_pod_ends_as_its_command_says_and_its_log_is_kept(string command, string phase, string code, string log)
    {
        await using var world = await KubernetesWorld.StartAsync();
        await world.SaidAsync("create -f -", Pod(command));

        await world.SaidAsync($"wait pod/one --for=jsonpath={{.status.phase}}={phase} --timeout=20s");
        var ended = await world.SaidAsync("get pod one -o jsonpath={.status.containerStatuses[0].state.terminated.exitCode}");
        var said = await world.SaidAsync("logs one");

        Assert.Equal((code, log), (ended, said));
    }

    [Fact]
    public async Task A_log_is_followed_to_its_end_and_a_pod_is_deleted()
    {
        await using var world = await KubernetesWorld.StartAsync();
        await world.SaidAsync("run one --image=busybox --restart=Never -- sh -c \"echo,first\"");
        await world.SaidAsync("delete pod one --wait=true");
        await world.SaidAsync("create -f -", Pod("""["sh","-c","echo first; sleep 1; echo second"]"""));
        await world.SaidAsync("wait pod/one --for=condition=Ready --timeout=20s");

        var said = await world.SaidAsync("logs one --follow");
        var list = await world.SaidAsync("get pods");

        Assert.Equal("first\nsecond\n", said);
        Assert.Contains("Completed", list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pod_that_fits_no_node_says_why()
    {
        await using var world = await KubernetesWorld.StartAsync();
        await world.SaidAsync("create -f -", Pod("""["true"]""", ""","nodeSelector":{"agentpool":"none"}"""));

        await world.SaidAsync("wait pod/one --for=condition=PodScheduled=false --timeout=20s");
        var events = await world.SaidAsync("events --for pod/one");

        Assert.Contains("0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector", events, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_of_a_registry_is_pulled_by_the_kubelet_only_when_it_may()
    {
        await using var registry = await RegistryWorld.StartAsync();
        await using var world = await KubernetesWorld.OverAsync(registry.Client);
        await registry.PushAsync("team/exec", "1", await registry.OwnerAsync("team/exec"));

        var refused = await PullAsync(world, $"{RegistryWorld.Host}/team/exec:1", "ImagePullBackOff");
        await registry.AssignAsync(await world.KubeletAsync(), RegistryWorld.Pull);
        var missing = await PullAsync(world, $"{RegistryWorld.Host}/team/exec:2", "ImagePullBackOff");
        await world.SaidAsync("create -f -", Pod("""["true"]""").Replace("busybox", $"{RegistryWorld.Host}/team/exec:1", StringComparison.Ordinal));
        await world.SaidAsync("wait pod/one --for=jsonpath={.status.phase}=Succeeded --timeout=20s");

        Assert.Contains("401 Unauthorized", refused, StringComparison.Ordinal);
        Assert.Contains($"{RegistryWorld.Host}/team/exec:2: not found", missing, StringComparison.Ordinal);
    }

    private static async Task<string> PullAsync(KubernetesWorld world, string image, string reason)
    {
        await world.SaidAsync("create -f -", Pod("""["true"]""").Replace("busybox", image, StringComparison.Ordinal));
        await world.SaidAsync($"wait pod/one --for=jsonpath={{.status.containerStatuses[0].state.waiting.reason}}={reason} --timeout=20s");
        var events = await world.SaidAsync("events --for pod/one");
        await world.SaidAsync("delete pod one");
        return events;
    }

    [Fact]
    public async Task A_job_runs_its_pod_to_completion()
    {
        await using var world = await KubernetesWorld.StartAsync();
        await world.SaidAsync("apply -f -", """{"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"j"},"spec":{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"main","image":"busybox","command":["echo","job"]}]}}}}""");

        await world.SaidAsync("wait job/j --for=condition=complete --timeout=20s");

        Assert.Equal("job\n", await world.SaidAsync("logs job/j"));
    }

    private static string Pod(string command, string more = "") =>
        JsonNode.Parse($$$"""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"one"},"spec":{"restartPolicy":"Never","containers":[{"name":"main","image":"busybox","command":{{{command}}},"env":[{"name":"WHO","value":"world"}]}]{{{more}}} } }""")!.ToJsonString();
}
