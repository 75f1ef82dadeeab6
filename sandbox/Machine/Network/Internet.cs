namespace DssPipeline.Sandbox;

/// <summary>The internet as a machine sees it: names that lead to the sandbox.</summary>
internal static class Internet
{
    public const string Address = "127.0.0.2";

    public static IReadOnlyList<string> Names { get; } =
    [
        "cdn.downloads.dataiku.com", "downloads.dataiku.com", "download.docker.com", "pkgs.k8s.io", "packages.microsoft.com",
        "repo.almalinux.org", "mirrors.almalinux.org", "dl.fedoraproject.org", "cloud.r-project.org",
    ];
}
