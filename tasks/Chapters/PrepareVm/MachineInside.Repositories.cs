namespace DssPipeline.Chapters;

/// <summary>The repositories beside those of the distribution. A mirror stands in place of the public root and looks like it below.</summary>
internal sealed partial class MachineInside
{
    private bool HasEpel => manifest.Dss.R || vm.Mirrors.Epel is not null;

    // The one for RHEL: Docker's repository for CentOS 8 was frozen in 2024.
    private Repository DockerRepository => From(
        "docker-ce-stable",
        "Docker CE Stable",
        Root(vm.Mirrors.Docker, "https://download.docker.com/linux/rhel"),
        $"{linux}/x86_64/stable",
        "gpg",
        "060A61C51B558A7F742B77AAC52FEB6B621E9F35");

    // Its key changes from time to time and comes with each minor, so none is known beforehand.
    private Repository KubernetesRepository
    {
        get
        {
            var below = $"v{KubectlVersion.Of(manifest).Minor}/rpm";
            return From("kubernetes", "Kubernetes", Root(vm.Mirrors.Kubernetes, "https://pkgs.k8s.io/core:/stable:"), $"{below}/", $"{below}/repodata/repomd.xml.key");
        }
    }

    private Repository MicrosoftRepository => From(
        "packages-microsoft-com-prod",
        "Microsoft Production",
        Root(vm.Mirrors.AzureCli, "https://packages.microsoft.com"),
        $"rhel/{linux}/prod/",
        "keys/microsoft.asc",
        "BC528686B50D79E339D3721CEB3E94ADBE1229CF");

    private Repository Epel => From(
        "epel",
        $"Extra Packages for Enterprise Linux {linux} - x86_64",
        Root(vm.Mirrors.Epel, "https://dl.fedoraproject.org/pub/epel"),
        $"{linux}/Everything/x86_64/",
        $"RPM-GPG-KEY-EPEL-{linux}",
        linux.Release == 8 ? ["94E279EB8D8F25B21810ADF121EA45AB2F86D6A1"] : []);

    private static string Root(string? mirror, string published) => (mirror ?? published).TrimEnd('/');

    private Repository From(string id, string title, string root, string packages, string key, params IReadOnlyList<string> fingerprints) => new(machine, id)
    {
        Title = title,
        BaseUrl = $"{root}/{packages}",
        Key = $"{root}/{key}",
        Fingerprints = fingerprints,
        Proxy = DnfProxy,
    };
}
