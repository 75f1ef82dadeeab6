using System.Collections.Concurrent;
using System.Reflection;

namespace DssPipeline.Chapters;

/// <summary>The keys of one section type, found by reflection in the order they are declared.</summary>
public sealed class SectionShape
{
    private static readonly ConcurrentDictionary<Type, SectionShape> Known = new();

    private SectionShape(Type type)
    {
        Type = type;
        Keys = [.. type.GetProperties()
            .Select(property => (property, key: property.GetCustomAttribute<KeyAttribute>()))
            .Where(pair => pair.key is not null)
            .OrderBy(pair => pair.property.MetadataToken)
            .Select(pair => new KeyShape(pair.property, pair.key!))];
    }

    public static SectionShape Root { get; } = Of(typeof(Manifest));

    public Type Type { get; }

    public IReadOnlyList<KeyShape> Keys { get; }

    /// <summary>The key that names an item of a list of these; null when items have no name.</summary>
    public KeyShape? Identity => Keys.FirstOrDefault(key => key.Key.Identifies);

    public static SectionShape Of(Type type) => Known.GetOrAdd(type, static type => new(type));

    /// <summary>The key of that exact spelling.</summary>
    public KeyShape? Find(string name) => Keys.FirstOrDefault(key => key.Name == name);

    /// <summary>A section in which everything has its default; what is required is empty, but never null.</summary>
    public object Blank()
    {
        var section = Activator.CreateInstance(Type)!;
        foreach (var key in Keys.Where(key => key.Required)) key.Write(section, Nothing(key));
        return section;
    }

    private static object? Nothing(KeyShape key) => key switch
    {
        { Kind: KeyKind.List } => Array.CreateInstance(key.Type, 0),
        { IsSection: true } => key.Section.Blank(),
        _ when key.Type == typeof(string) => "",
        _ when key.Type == typeof(SecretValue) => SecretValue.StandIn(""),
        _ => Activator.CreateInstance(key.Type),
    };
}
