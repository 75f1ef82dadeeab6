using System.Collections;

namespace DssPipeline.Chapters;

/// <summary>The secrets of a manifest under the keys that name them: <c>dss.https.certificate</c>.</summary>
public static class SecretKeys
{
    public static IReadOnlyList<(string Key, SecretValue Value)> In(Manifest manifest) => [.. Walk("", manifest, SectionShape.Root)];

    private static IEnumerable<(string Key, SecretValue Value)> Walk(string path, object section, SectionShape shape) =>
        from key in shape.Keys
        let name = path.Length == 0 ? key.Name : $"{path}.{key.Name}"
        from found in Below(name, key, key.Read(section))
        select found;

    private static IEnumerable<(string Key, SecretValue Value)> Below(string path, KeyShape key, object? value) => value switch
    {
        SecretValue secret => [(path, secret)],
        IEnumerable items when key is { IsSection: true, Kind: KeyKind.List } => items.Cast<object>().SelectMany((item, index) => Walk($"{path}[{key.Section.Identity?.Read(item) ?? index}]", item, key.Section)),
        not null when key is { IsSection: true, Kind: KeyKind.One } => Walk(path, value, key.Section),
        _ => [],
    };
}
