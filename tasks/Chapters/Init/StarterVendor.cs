namespace DssPipeline.Chapters;

/// <summary>Whose pipelines a new repository is run by.</summary>
public enum StarterVendor
{
    /// <summary>Workflows of GitHub Actions.</summary>
    GitHub,

    /// <summary>Pipelines of Azure DevOps.</summary>
    AzureDevOps,
}
