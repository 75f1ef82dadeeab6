using System.Net;

namespace DssPipeline.Sandbox;

/// <summary>The internet as a machine sees it: addresses of its own loopback, behind each of which a service of the sandbox answers.</summary>
internal static class Internet
{
    public static IPAddress Downloads { get; } = new([127, 0, 0, 2]);

    public static IPAddress Arm { get; } = new([127, 0, 0, 3]);

    public static IPAddress Entra { get; } = new([127, 0, 0, 4]);

    public static IPAddress KeyVault { get; } = new([127, 0, 0, 5]);

    public static IPAddress Storage { get; } = new([127, 0, 0, 6]);

    public static IPAddress Registry { get; } = new([127, 0, 0, 7]);

    public static IPAddress Kubernetes { get; } = new([127, 0, 0, 8]);

    /// <summary>Where Azure answers a machine's questions about itself.</summary>
    public static IPAddress Metadata { get; } = new([169, 254, 169, 254]);

    /// <summary>Where Azure tells a machine the addresses of names.</summary>
    public static IPAddress NameServer { get; } = new([168, 63, 129, 16]);

    public static IReadOnlyList<string> Names { get; } =
    [
        "cdn.downloads.dataiku.com", "downloads.dataiku.com", "download.docker.com", "pkgs.k8s.io", "packages.microsoft.com",
        "repo.almalinux.org", "mirrors.almalinux.org", "dl.fedoraproject.org", "cloud.r-project.org",
    ];
}

/// <summary>A port that a machine finds on its internet, and the port of the host that answers there.</summary>
internal sealed record WayOut(IPAddress Address, int Port, int Target);
