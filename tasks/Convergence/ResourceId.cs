namespace DssPipeline.Convergence;

/// <summary>The name of one remote thing, computed from the manifest: <c>azure/storageAccount/stdssprod</c>.</summary>
public readonly record struct ResourceId(string Plane, string Kind, string Name) : IComparable<ResourceId>
{
    public static bool operator <(ResourceId left, ResourceId right) => left.CompareTo(right) < 0;

    public static bool operator >(ResourceId left, ResourceId right) => left.CompareTo(right) > 0;

    public static bool operator <=(ResourceId left, ResourceId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ResourceId left, ResourceId right) => left.CompareTo(right) >= 0;

    /// <summary>Reads <c>plane/kind/name</c>; the name may hold further slashes.</summary>
    public static bool TryParse(string text, out ResourceId id)
    {
        var parts = text.Split('/', 3);
        id = parts is [{ Length: > 0 } plane, { Length: > 0 } kind, { Length: > 0 } name] ? new(plane, kind, name) : default;
        return id != default;
    }

    public int CompareTo(ResourceId other) => string.CompareOrdinal(ToString(), other.ToString());

    public override string ToString() => $"{Plane}/{Kind}/{Name}";
}
