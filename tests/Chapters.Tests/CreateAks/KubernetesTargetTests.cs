using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters.Tests;

public sealed class KubernetesTargetTests
{
    [Theory]
    [InlineData("1.33", "none", "1.33.7", true)]
    [InlineData("1.33", "none", "1.34.1", false)]
    [InlineData("1.33.4", "none", "1.33.4", true)]
    [InlineData("1.33.4", "none", "1.33.9", false)]
    [InlineData("1.33.4", "none", "1.33.2", false)]
    [InlineData("1.33.4", "patch", "1.33.9", true)]
    [InlineData("1.33.4", "patch", "1.34.0", false)]
    [InlineData("1.33", "patch", "1.34.0", false)]
    [InlineData("1.33", "stable", "1.34.0", true)]
    [InlineData("1.33", "rapid", "1.35.1", true)]
    [InlineData("1.33", "node-image", "1.34.0", false)]
    [InlineData("1.33", "stable", "1.32.9", false)]
    [InlineData("latest", "none", "1.30.1", true)]
    public void What_runs_is_as_wished_when_the_wish_or_the_channel_brought_it(string wish, string channel, string running, bool expected)
    {
        var target = new KubernetesTarget(Cluster(wish, channel));

        Assert.Equal(expected, target.IsMetBy(running));
    }

    [Theory]
    [InlineData("1.33", "1.33.7", "1.33")]
    [InlineData("1.33", "1.31.7", "1.31")]
    [InlineData("1.33.4", "1.31.7", "1.31.7")]
    [InlineData("latest", "1.31.7", "1.31.7")]
    public void What_runs_is_written_the_way_the_wish_is(string wish, string running, string expected)
    {
        var target = new KubernetesTarget(Cluster(wish, "none"));

        Assert.Equal(expected, target.Spell(running));
    }

    [Theory]
    [InlineData("1.33", "none", "1.34", true)]
    [InlineData("1.33.2", "none", "1.33.4", true)]
    [InlineData("1.33", "rapid", "1.34", false)]
    [InlineData("1.33", "none", "1.32", false)]
    [InlineData("latest", "none", "1.34", false)]
    public void Down_is_refused_unless_the_channel_went_up(string wish, string channel, string running, bool refused)
    {
        var objection = new KubernetesTarget(Cluster(wish, channel)).Objection(new ResourceId("azure", "managedCluster", "aks"), JsonValue.Create(running));

        Assert.Equal(refused, objection is not null);
    }

    private static ClusterSection Cluster(string version, string channel) => new() { Name = "aks", KubernetesVersion = version, UpgradeChannel = channel };
}
