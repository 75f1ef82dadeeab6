using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace DssPipeline.Sandbox;

/// <summary>What the machine finds on the internet: the DSS archives, the repositories of packages, their keys.</summary>
internal sealed class Downloads
{
    private readonly PackageRepositories _repositories = new();
    private readonly ConcurrentDictionary<string, byte[]> _made = new(StringComparer.Ordinal);

    /// <summary>The names it answers for; under any other it is a mirror of the DSS archives.</summary>
    public static IReadOnlyList<string> Hosts { get; } =
    [
        "cdn.downloads.dataiku.com", "downloads.dataiku.com", "download.docker.com", "pkgs.k8s.io", "packages.microsoft.com",
        "repo.almalinux.org", "mirrors.almalinux.org", "dl.fedoraproject.org",
    ];

    public async Task ServeAsync(HttpContext context)
    {
        var file = Find(context.Request.Host.Host, context.Request.Path.Value ?? "/");
        if (file is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            await context.Response.WriteAsync("404 Not Found\n");
            return;
        }

        await new ServedFile(file).SendAsync(context);
    }

    /// <summary>The bytes behind an address; null when nothing is there.</summary>
    public byte[]? Find(string host, string path)
    {
        var key = $"{host}{path}";
        if (_made.TryGetValue(key, out var made)) return made;

        var file = Make(host, path);
        return file is null ? null : _made.GetOrAdd(key, file);
    }

    private byte[]? Make(string host, string path) => (host, path) switch
    {
        ("download.docker.com", "/linux/rhel/docker-ce.repo") => DockerRepository("rhel"),
        ("download.docker.com", "/linux/centos/docker-ce.repo") => DockerRepository("centos"),
        ("download.docker.com", "/linux/rhel/gpg" or "/linux/centos/gpg") => Text("Keys/docker.asc"),
        ("packages.microsoft.com", "/keys/microsoft.asc") => Text("Keys/microsoft.asc"),
        ("packages.microsoft.com", "/config/rhel/8/packages-microsoft-prod.rpm") => _repositories.Newest("packages-microsoft-prod"),
        ("dl.fedoraproject.org", "/pub/epel/RPM-GPG-KEY-EPEL-8") => Text("Keys/epel.asc"),
        ("dl.fedoraproject.org", "/pub/epel/epel-release-latest-8.noarch.rpm") => _repositories.Newest("epel-release"),
        ("mirrors.almalinux.org", _) => Mirrors(path),
        _ => _repositories.Find(host + path) ?? Archive(path),
    };

    private static byte[]? Mirrors(string path)
    {
        var name = path.Split('/')[^1] switch { "baseos" => "BaseOS", "appstream" => "AppStream", "powertools" => "PowerTools", "extras" => "extras", _ => null };
        return name is null ? null : Encoding.UTF8.GetBytes($"https://repo.almalinux.org/almalinux/8/{name}/x86_64/os/\n");
    }

    private static byte[]? Archive(string path)
    {
        var parts = path.Split('/');
        return parts.Length >= 3 ? KitArchives.Of(parts[^2], parts[^1]) : null;
    }

    private static byte[] DockerRepository(string distribution) =>
        Encoding.UTF8.GetBytes(EmbeddedTree.Text("downloads/docker-ce.repo").Replace("DISTRIBUTION", distribution, StringComparison.Ordinal));

    private static byte[] Text(string file) => Encoding.UTF8.GetBytes(EmbeddedTree.Text($"downloads/{file}"));
}
