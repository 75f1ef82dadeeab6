namespace DssPipeline.Sandbox;

/// <summary>The name of one thing in Azure: a path that is compared without case.</summary>
public sealed class ArmId
{
    private ArmId(ArmId? parent, string type, string name, string text)
    {
        Parent = parent;
        Type = type;
        Name = name;
        Text = text;
        Key = text.ToLowerInvariant();
    }

    /// <summary>What this lives in: the resource above, the group, the subscription, or what an assignment or a lock is put on.</summary>
    public ArmId? Parent { get; }

    public string Type { get; }

    public string Name { get; }

    public string Text { get; }

    public string Key { get; }

    public string? Subscription => Above("Microsoft.Resources/subscriptions")?.Name;

    public string? Group => Above("Microsoft.Resources/resourceGroups")?.Name;

    /// <summary>The resource directly in a group that this is, or is part of; roles and locks on it are not part of it.</summary>
    public ArmId Root => Parent is { } above && Type.StartsWith(above.Type + "/", StringComparison.OrdinalIgnoreCase) ? above.Root : this;

    public static ArmId? Parse(string? text) => text is not null && Walk(text) is ({ } id, []) ? id : null;

    /// <summary>The deepest complete id at the beginning of a path, and the segments after it.</summary>
    public static (ArmId? Id, string[] Tail) Walk(string path)
    {
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var (id, at) = Container(segments);
        while (at + 3 < segments.Length && Is(segments[at], "providers"))
        {
            var (type, text) = (segments[at + 1], $"{id?.Text}/providers/{segments[at + 1]}");
            for (at += 2; at + 1 < segments.Length && !Is(segments[at], "providers"); at += 2)
            {
                type += $"/{segments[at]}";
                text += $"/{segments[at]}/{segments[at + 1]}";
                id = new(id, type, segments[at + 1], text);
            }
        }

        return (id, segments[at..]);
    }

    public ArmId Child(string shortType, string name) => new(this, $"{Type}/{shortType}", name, $"{Text}/{shortType}/{name}");

    public ArmId Provider(string type, string name) => new(this, type, name, $"{Text}/providers/{type}/{name}");

    public ArmId InGroup(string group) => new(this, "Microsoft.Resources/resourceGroups", group, $"{Text}/resourceGroups/{group}");

    /// <summary>This name below another spelling of what it lives in.</summary>
    public ArmId Below(ArmId? parent, string type)
    {
        if (parent is null) return this;
        if (Is(type, "Microsoft.Resources/resourceGroups")) return parent.InGroup(Name);
        return type.StartsWith(parent.Type + "/", StringComparison.OrdinalIgnoreCase) ? parent.Child(type[(parent.Type.Length + 1)..], Name) : parent.Provider(type, Name);
    }

    public bool IsWithin(ArmId scope) => Key == scope.Key || Key.StartsWith(scope.Key + "/", StringComparison.Ordinal);

    public override string ToString() => Text;

    private static (ArmId? Id, int At) Container(string[] segments)
    {
        if (segments is not [var first, var subscription, ..] || !Is(first, "subscriptions")) return (null, 0);
        var id = new ArmId(null, "Microsoft.Resources/subscriptions", subscription, $"/subscriptions/{subscription}");
        return segments is [_, _, var third, var group, ..] && Is(third, "resourceGroups") ? (id.InGroup(group), 4) : (id, 2);
    }

    private ArmId? Above(string type) => Type == type ? this : Parent?.Above(type);

    private static bool Is(string segment, string word) => segment.Equals(word, StringComparison.OrdinalIgnoreCase);
}
