namespace DssPipeline.Chapters;

/// <summary>What no key can say alone: whether the sections fit together.</summary>
internal static class CrossChecks
{
    private static readonly IReadOnlyList<Check> All =
    [
        .. AddressChecks.All,
        .. ClusterAddressChecks.All,
        .. CapacityChecks.All,
        .. AccessChecks.All,
        .. IdentityChecks.All,
        .. MachineChecks.All,
        .. DssChecks.All,
        .. ClusterChecks.All,
        .. NamespaceChecks.All,
        .. PoolChecks.All,
        .. AdlsChecks.All,
    ];

    public static void Run(Manifest manifest, Findings findings)
    {
        ReferenceChecks.Run(manifest, findings);
        foreach (var check in All.Where(check => check.Needs.All(findings.IsSound)))
        {
            foreach (var mismatch in check.Find(manifest)) findings.Add(manifest.Places.Of(mismatch.Pointer), mismatch.Summary, mismatch.Detail);
        }
    }
}

/// <summary>One check across keys. It is left out when what it needs has problems of its own.</summary>
/// <param name="Needs">JSON pointers of the values it reads.</param>
internal sealed record Check(IReadOnlyList<string> Needs, Func<Manifest, IEnumerable<Mismatch>> Find);

/// <summary>Keys that do not fit together, told at the one to change first.</summary>
internal sealed record Mismatch(string Pointer, string Summary, string Detail);
