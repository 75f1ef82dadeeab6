using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The packages of the machine and where they come from.</summary>
internal sealed partial class MachineInside
{
    private static readonly string[] Always =
    [
        "acl", "bzip2", "chrony", "curl", "dejavu-sans-fonts", "expat", "file", "fontconfig", "freetype", "gcc", "gcc-c++", "git", "glibc-langpack-en", "gnupg2", "libgfortran", "libgomp",
        "make", "nginx", "openssl", "policycoreutils", "policycoreutils-python-utils", "procps-ng", "python3-dnf-plugin-versionlock", "tar", "unzip", "zip",
    ];

    // What DSS cannot work with, and what would stand in the way of Docker's own packages.
    private static readonly string[] NeverWanted =
    [
        "buildah", "docker", "docker-client", "docker-client-latest", "docker-common", "docker-engine", "docker-latest", "docker-latest-logrotate", "docker-logrotate", "podman", "podman-docker", "runc",
    ];

    private static readonly string[] ForR = ["R-core-devel", "libcurl-devel", "libicu-devel", "libxml2-devel", "openssl-devel"];

    private static readonly string[] ForGraphics = ["alsa-lib", "gtk3", "libX11-xcb", "libXScrnSaver", "mesa-libgbm", "npm", "nss"];

    private IEnumerable<Resource> PackageSets =>
    [
        .. Proxies,
        Base,
        Unwanted,
        .. HasEpel ? [Epel] : Nothing,
        .. manifest.Dss.R ? [RPackages] : Nothing,
        .. manifest.Dss.GraphicsExport ? [GraphicsPackages] : Nothing,
        KubernetesRepository,
        KubectlPackage,
        .. vm.AzureCli.Install ? [MicrosoftRepository, AzureCli] : Nothing,
        .. vm.Packages is [] ? Nothing : [Further],
    ];

    private static IEnumerable<Resource> Nothing => [];

    // dnf knows one proxy for everything.
    private string? DnfProxy => vm.Proxy?.Https ?? vm.Proxy?.Http;

    private IEnumerable<Resource> Proxies => DnfProxy is { } proxy
        ? [new Settings(machine, "/etc/dnf/dnf.conf", SettingsFormat.Ini, new Dictionary<string, string>(StringComparer.Ordinal) { ["main.proxy"] = proxy })]
        : [];

    private IReadOnlyList<ResourceId> OnTheWay => [.. Proxies.Select(proxy => proxy.Id)];

    private Packages Base => new(machine, "system", [.. BaseNames.Order(StringComparer.Ordinal).Distinct(StringComparer.Ordinal).Select(name => new Package(name))]) { StandsOn = OnTheWay };

    private IEnumerable<string> BaseNames =>
    [
        .. Always,
        .. linux.Release == 8 ? ["ncurses-compat-libs"] : Array.Empty<string>(),
        $"java-{manifest.Dss.Java}-openjdk-headless",
        .. PythonPackages(manifest.Dss.Python),
        // The AKS plugin builds an environment of its own, with headers and a compiler.
        .. PythonPackages(manifest.Aks.Plugin.Python.Replace("PYTHON3", "python3.", StringComparison.Ordinal)),
        .. vm.Firewall ? ["firewalld"] : Array.Empty<string>(),
    ];

    private Packages Unwanted => new(machine, "unwanted") { Unwanted = NeverWanted, StandsOn = OnTheWay };

    private Packages RPackages => new(machine, "r", [.. ForR.Select(name => new Package(name))]) { With = [linux.BuildRepository], StandsOn = [.. OnTheWay, Epel.Id] };

    // The Node.js that the distribution takes by itself is too old for the browser that draws.
    private Packages GraphicsPackages => new(machine, "graphics", [.. ForGraphics.Select(name => new Package(name))]) { Streams = ["nodejs:20"], StandsOn = OnTheWay };

    // A minor is met by each of its patches; a patch that somebody stated stays.
    private Packages KubectlPackage => new(machine, "kubectl", new Package("kubectl", KubectlVersion.Of(manifest).Text, KubectlVersion.Of(manifest).IsPatch)) { StandsOn = [Base.Id, .. OnTheWay, KubernetesRepository.Id] };

    private Packages AzureCli => new(machine, "azure-cli", Stated("azure-cli", vm.AzureCli.Version)) { StandsOn = [Base.Id, .. OnTheWay, MicrosoftRepository.Id] };

    private Packages Further => new(machine, "further", [.. vm.Packages.Select(name => new Package(name))]) { StandsOn = [.. OnTheWay, .. HasEpel ? [Epel.Id] : Array.Empty<ResourceId>()] };

    private static Package Stated(string name, string? version) => new(name, version, IsHeld: version is not null);

    private string[] PythonPackages(string python) => (python, linux.Release) switch
    {
        ("python3.9", 8) => ["python39", "python39-devel"],
        ("python3.9", _) => ["python3", "python3-devel"],
        _ => [python, $"{python}-devel"],
    };
}
