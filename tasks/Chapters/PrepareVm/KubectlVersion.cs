namespace DssPipeline.Chapters;

/// <summary>Which kubectl the machine gets: the stated one, or the minor of the newest cluster.</summary>
/// <param name="Text">A minor (<c>1.33</c>) or a patch (<c>1.33.4</c>).</param>
public sealed record KubectlVersion(string Text)
{
    // The newest that the AKS clusters of DSS 14 are tested with.
    private const string Usual = "1.33";

    /// <summary>Its repository holds the patches of one minor.</summary>
    public string Minor => string.Join('.', Text.Split('.').Take(2));

    public bool IsPatch => Text != Minor;

    public static KubectlVersion Of(Manifest manifest) => new(manifest.Vm.Kubectl.Version ?? Newest(manifest) ?? Usual);

    private static string? Newest(Manifest manifest) => manifest.Aks.Clusters
        .Select(cluster => Version.TryParse(cluster.KubernetesVersion, out var version) ? version : null)
        .Max() is { } newest ? $"{newest.Major}.{newest.Minor}" : null;
}
