using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>DSS started, and what can only be asked of a running one.</summary>
internal sealed class DssRunning(Machine machine, Dss dss, DssHome home, Manifest manifest, DssSecrets secrets)
{
    public required DssSetup Setup { get; init; }

    public IReadOnlyList<Resource> All
    {
        get
        {
            var service = new DssService(machine, home) { Reads = Setup.Reads, StandsOn = [home.User, .. Setup.All.Select(part => part.Id)] };
            return [service, .. Proxy, .. Inside(service)];
        }
    }

    private IEnumerable<Resource> Proxy
    {
        get
        {
            if (manifest.Dss.Https.Mode is not HttpsMode.Proxy) yield break;

            var packages = DssHome.Packages("system");
            var file = new MachineFile(machine, ReverseProxy.Path, ReverseProxy.Text(home, manifest)) { StandsOn = [packages] };
            yield return file;
            var allowed = new SelinuxBoolean(machine, "httpd_can_network_connect") { StandsOn = [packages] };
            if (manifest.Vm.Selinux == "enforcing") yield return allowed;
            // The kit's script turns nginx off where it has just installed it.
            yield return new Service(machine, "nginx")
            {
                Reads = [ReverseProxy.Path, DssHome.Certificate, DssHome.CertificateKey],
                Notice = "nginx restarts: people reconnect within seconds.",
                StandsOn = [file.Id, packages, Setup.Sources.Deps.Id, .. Setup.CertificateIds, .. manifest.Vm.Selinux == "enforcing" ? [allowed.Id] : Array.Empty<ResourceId>()],
            };
        }
    }

    private IEnumerable<Resource> Inside(DssService service)
    {
        if (!home.HasKey) yield break;

        var key = new AdminKey(secrets, manifest.Dss.ApiKeySecret);
        var made = new DssApiKey(machine, home, key) { StandsOn = [service.Id, secrets.Keeper] };
        yield return made;
        // The Free Edition keeps its API closed.
        if (!home.HasUsers || manifest.Dss.License is null) yield break;

        var license = new DssLicenseStatus(machine, home, key) { StandsOn = [service.Id, made.Id] };
        yield return license;
        var admin = new DssAdmin(machine, home, manifest, secrets, key) { StandsOn = [service.Id, made.Id, license.Id, secrets.Keeper] };
        yield return admin;
        if (dss.Missing is null) yield return new DssPublicApi(dss) { Installation = Setup.Instance, StandsOn = [service.Id, license.Id, admin.Id, .. Proxy.Select(part => part.Id)] };
    }
}
