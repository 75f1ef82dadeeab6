using System.Globalization;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>A repository that dnf takes packages from. Signatures are always checked; where the fingerprint of its key is known, no other key is trusted.</summary>
public sealed class Repository(Machine machine, string id) : MachineResource(machine, "repository", id)
{
    public required string Title { get; init; }

    public required string BaseUrl { get; init; }

    /// <summary>Where its key is.</summary>
    public required string Key { get; init; }

    /// <summary>Fingerprints of the keys it is known to sign with; empty when whatever <see cref="Key"/> answers is trusted.</summary>
    public IReadOnlyList<string> Fingerprints { get; init; } = [];

    /// <summary>Lower is preferred; null for dnf's own 99.</summary>
    public int? Priority { get; init; }

    /// <summary>Whether its packages are offered also where a module stream would hide them.</summary>
    public bool IgnoresModules { get; init; }

    /// <summary>What the key is fetched through.</summary>
    public string? Proxy { get; init; }

    public override string MachineLock => "dnf";

    public override JsonNode Desired => Json.Of(new
    {
        name = Title,
        baseurl = BaseUrl,
        enabled = "1",
        gpgcheck = "1",
        gpgkey = Fingerprints is [] ? Key : $"file:///etc/pki/rpm-gpg/RPM-GPG-KEY-{Id.Name}",
        priority = Priority?.ToString(CultureInfo.InvariantCulture),
        module_hotfixes = IgnoresModules ? "1" : null,
        key = Fingerprints is [] ? null : "trusted",
    });

    protected override JobValues Asking => new()
    {
        { "id", Id.Name },
        { "name", Title },
        { "baseurl", BaseUrl },
        { "key", Key },
        { "fingerprint", Fingerprints },
        { "priority", Priority?.ToString(CultureInfo.InvariantCulture) },
        { "module_hotfixes", IgnoresModules ? "1" : null },
        { "proxy", Proxy },
    };
}
