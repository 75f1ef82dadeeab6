using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>Base images by a real engine into a real registry, pushed by DSS as the task declares it.</summary>
public sealed class PushImagesTests(Engine engine) : IClassFixture<Engine>
{
    [Fact]
    public async Task Tags_really_arrive_and_the_second_run_pushes_nothing()
    {
        await using var pushing = await PushingDss.StartAsync(engine);

        var first = await pushing.RunAsync();
        string[] tags = [pushing.Machine.Tag("exec"), pushing.Machine.Tag("spark")];
        var arrived = new List<(IEnumerable<string> Tags, string Layers, string Own)>();
        foreach (var tag in tags) arrived.Add((await TagsAsync(tag), await LayersAsync(tag), await engine.DockerAsync("image", "inspect", "--format", "{{json .RootFS.Layers}}", tag)));
        var pushes = pushing.Pushes;
        var second = await pushing.RunAsync();

        Assert.Equal("", Rehearsed.Failures(first));
        Assert.All(arrived, image => Assert.Contains("dss-14.2.0", image.Tags));
        Assert.All(arrived, image => Assert.Equal(image.Own, image.Layers));
        Assert.NotEqual(arrived[0].Layers, arrived[1].Layers);
        Assert.Equal(1, pushes);
        Assert.Equal("", Rehearsed.Failures(second));
        Assert.Equal(0, second.Count(Ending.Made));
        Assert.Equal(1, pushing.Pushes);
    }

    [Fact]
    public async Task A_tag_that_somebody_overwrote_is_seen_and_pushed_again()
    {
        await using var pushing = await PushingDss.StartAsync(engine);
        await pushing.RunAsync();
        var (exec, spark) = ($"{engine.Registry}/{pushing.Machine.Tag("exec")}", $"{engine.Registry}/{pushing.Machine.Tag("spark")}");
        var right = await DigestAsync(exec);
        await engine.SkopeoAsync("copy", "--src-tls-verify=false", "--dest-tls-verify=false", $"docker://{spark}", $"docker://{exec}");

        var repaired = await pushing.RunAsync();

        Assert.Equal("", Rehearsed.Failures(repaired));
        Assert.Equal(["dss/pushedImage/crreference.azurecr.io/containerExec"], repaired.Outcomes.Where(outcome => outcome.Ending is Ending.Made).Select(outcome => $"{outcome.Id}"));
        Assert.Equal(right, await DigestAsync(exec));
        Assert.Equal(2, pushing.Pushes);
    }

    [Fact]
    public async Task An_image_that_was_built_anew_is_pushed_anew()
    {
        await using var pushing = await PushingDss.StartAsync(engine);
        await pushing.RunAsync();
        var before = await DigestAsync($"{engine.Registry}/{pushing.Machine.Tag("spark")}");

        var rebuilt = await pushing.RunAsync("images.spark.buildOptions=[--label=new=one]");

        Assert.Equal("", Rehearsed.Failures(rebuilt));
        Assert.NotEqual(before, await DigestAsync($"{engine.Registry}/{pushing.Machine.Tag("spark")}"));
    }

    [Fact]
    public async Task Killed_at_any_request_to_DSS_the_next_run_brings_the_tags_and_the_one_after_pushes_nothing()
    {
        await using var pushing = await PushingDss.StartAsync(engine);
        await pushing.RunAsync();
        var (exec, spark) = ($"{engine.Registry}/{pushing.Machine.Tag("exec")}", $"{engine.Registry}/{pushing.Machine.Tag("spark")}");
        var right = await DigestAsync(exec);
        for (var requests = 1; ; requests++)
        {
            await engine.SkopeoAsync("copy", "--src-tls-verify=false", "--dest-tls-verify=false", $"docker://{spark}", $"docker://{exec}");

            var killed = Rehearsed.Failures(await pushing.RunUntilAsync(requests));
            var next = Rehearsed.Failures(await pushing.RunAsync());
            var pushes = pushing.Pushes;
            var last = await pushing.RunAsync();

            Assert.True(next is "", $"after request {requests}: {next}");
            Assert.Equal(right, await DigestAsync(exec));
            Assert.Equal((0, pushes), (last.Count(Ending.Made), pushing.Pushes));
            if (killed is not "") continue;

            // A push is asked for, and asked after: else nothing was killed.
            Assert.True(requests > 2);
            return;
        }
    }

    [Fact]
    public async Task A_push_that_the_registry_refuses_is_told_in_the_words_of_DSS()
    {
        await using var pushing = await PushingDss.StartAsync(engine, "127.0.0.1:9");

        var report = await pushing.RunAsync();

        Assert.Contains("Base images were not pushed", Rehearsed.Failures(report), StringComparison.Ordinal);
    }

    private async Task<string> DigestAsync(string name) => $"{JsonNode.Parse(await engine.SkopeoAsync("inspect", "--tls-verify=false", $"docker://{name}"))!["Digest"]}";

    private async Task<IEnumerable<string>> TagsAsync(string image) =>
        JsonNode.Parse(await engine.SkopeoAsync("inspect", "--tls-verify=false", $"docker://{engine.Registry}/{image}"))!["RepoTags"]!.AsArray().Select(tag => $"{tag}");

    private async Task<string> LayersAsync(string image) =>
        JsonNode.Parse(await engine.SkopeoAsync("inspect", "--config", "--tls-verify=false", $"docker://{engine.Registry}/{image}"))!["rootfs"]!["diff_ids"]!.ToJsonString();
}
