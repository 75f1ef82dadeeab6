namespace DssPipeline.Sandbox;

/// <summary>One cluster behind its API server: its objects, and the controllers that move them on whenever somebody looks.</summary>
internal sealed class KubernetesCluster(ClusterObjects objects, PodImages images, ClusterFacts facts)
{
    /// <summary>Held while its objects are read or changed.</summary>
    public Lock Gate { get; } = new();

    public ClusterObjects Objects => objects;

    public PodImages Images => images;

    /// <summary>What Resource Manager says of it now.</summary>
    public ClusterFacts Facts { get; set; } = facts;

    /// <summary>Every controller does its next step.</summary>
    public void Step()
    {
        NodeController.Step(this);
        NamespaceController.Step(this);
        JobController.Step(this);
        PodController.Step(this, images);
        QuotaController.Step(this);
        objects.Save();
    }
}
