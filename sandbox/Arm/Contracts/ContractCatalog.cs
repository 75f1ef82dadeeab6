using System.Reflection;

namespace DssPipeline.Sandbox;

/// <summary>All contracts of the sandbox's Azure, read once from the assembly.</summary>
public static class ContractCatalog
{
    private static readonly Lazy<Dictionary<string, ArmContract>> All = new(Load);

    /// <summary>Each resource type with the api versions it is served under.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Types =>
        All.Value.Values.ToDictionary(contract => contract.Type, contract => contract.Versions, StringComparer.OrdinalIgnoreCase);

    internal static IEnumerable<ArmContract> Contracts => All.Value.Values;

    internal static ArmContract? Find(string type) => All.Value.GetValueOrDefault(type);

    internal static IEnumerable<ArmContract> Of(string space) =>
        Contracts.Where(contract => contract.Namespace.Equals(space, StringComparison.OrdinalIgnoreCase));

    internal static string Resource(string name)
    {
        var assembly = Assembly.GetExecutingAssembly();
        using var stream = assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The assembly has no resource {name}");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static Dictionary<string, ArmContract> Load() => Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(name => name.EndsWith(".contract", StringComparison.Ordinal))
        .SelectMany(name => ContractReader.Read(Resource(name)))
        .ToDictionary(contract => contract.Type, StringComparer.OrdinalIgnoreCase);
}
