namespace DssPipeline.Chapters.Tests;

/// <summary>What the macro of the network is told, held to the plugin's own description of it.</summary>
public sealed class NetworkMacroTests
{
    [Theory]
    [MemberData(nameof(Examples.All), MemberType = typeof(Examples))]
    public void Every_cluster_of_the_examples_is_tried_with_every_parameter_and_no_other(string example) =>
        Assert.All(Examples.Read(example).Aks.Clusters, cluster => Assert.Equal([], ParameterSet.Of($"{NetworkMacro.Name}.runnable").Offences(NetworkMacro.Parameters(cluster.Name))));
}
