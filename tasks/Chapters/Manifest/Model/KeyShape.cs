using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DssPipeline.Chapters;

/// <summary>One key of a section, as reader, schema and reference see it.</summary>
public sealed class KeyShape
{
    private readonly PropertyInfo property;

    internal KeyShape(PropertyInfo property, KeyAttribute key)
    {
        this.property = property;
        Key = key;
        Name = Camel(property.Name);
        Required = property.IsDefined(typeof(RequiredMemberAttribute));
        (Kind, Type) = KindOf(property.PropertyType);
        Values = Type.IsEnum ? [.. Enum.GetNames(Type).Select(Camel)] : property.GetCustomAttribute<OneOfAttribute>()?.Values ?? [];
    }

    /// <summary>As people write it.</summary>
    public string Name { get; }

    public KeyAttribute Key { get; }

    public bool Required { get; }

    public KeyKind Kind { get; }

    /// <summary>Type of the value, or of an item when there are many.</summary>
    public Type Type { get; }

    /// <summary>The only texts allowed; empty when any will do.</summary>
    public IReadOnlyList<string> Values { get; }

    public bool IsSection => typeof(SecretValue) != Type && Type.IsClass && Type.Namespace == typeof(KeyShape).Namespace;

    /// <summary>The shape of the section that is the value, or an item of it.</summary>
    public SectionShape Section => SectionShape.Of(Type);

    public object? Read(object section) => property.GetValue(section);

    public void Write(object section, object? value) => property.SetValue(section, value);

    internal static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    private static (KeyKind Kind, Type Type) KindOf(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return (KeyKind.One, inner);
        if (type == typeof(JsonObject)) return (KeyKind.Json, type);
        if (!type.IsGenericType) return (KeyKind.One, type);
        return type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
            ? (KeyKind.List, type.GetGenericArguments()[0])
            : (KeyKind.Map, type.GetGenericArguments()[1]);
    }
}

/// <summary>How many values a key holds, and how they are written.</summary>
public enum KeyKind
{
    /// <summary>One text, number, switch, secret or section.</summary>
    One,

    /// <summary>Several, in order.</summary>
    List,

    /// <summary>Texts under names of the user's choice.</summary>
    Map,

    /// <summary>Anything, passed on to a remote as it is.</summary>
    Json,
}
