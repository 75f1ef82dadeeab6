namespace DssPipeline.Sandbox;

/// <summary>What Azure accepts for one resource type.</summary>
internal sealed record ArmContract(
    string Type,
    IReadOnlyList<string> Versions,
    ContractNode Body,
    IReadOnlyDictionary<string, ContractNode?> Actions,
    ContractRules Rules)
{
    public string Namespace => Type[..Type.IndexOf('/', StringComparison.Ordinal)];

    /// <summary>The type without its namespace.</summary>
    public string ShortType => Type[(Namespace.Length + 1)..];

    public bool IsTopLevel => !ShortType.Contains('/', StringComparison.Ordinal);

    public bool HasMember(string name) => Body.Members.ContainsKey(name);

    public bool HasProperty(string name) => Body.Members.TryGetValue("properties", out var properties) && properties.Shape.Members.ContainsKey(name);

    public bool IsTracked => IsTopLevel && !Rules.Anywhere && HasMember("location") && ShortType != "resourceGroups";
}
