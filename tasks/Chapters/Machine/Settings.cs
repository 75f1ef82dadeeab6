using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>Some keys of a text file that others write too: only these keys are touched, everything else stays as it stands.</summary>
public sealed class Settings(Machine machine, string path, SettingsFormat format, IReadOnlyDictionary<string, string> values)
    : MachineResource(machine, "settings", path.TrimStart('/'))
{
    /// <summary>Whether a file that is missing is made; otherwise it is waited for by whoever makes it, and missing it is an error.</summary>
    public SettingsBirth Birth { get; init; } = SettingsBirth.MustBeThere;

    /// <summary>Owner, group and mode of a file that is made; one that is there keeps its own.</summary>
    public string Owner { get; init; } = "root";

    public string Group { get; init; } = "root";

    public string Mode { get; init; } = "0644";

    public override string Lane => $"machine/{path}";

    public override JsonNode Desired => new JsonObject
    {
        ["values"] = new JsonObject(values.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, pair.Value))),
        ["former"] = new JsonArray(),
    };

    protected override JobValues Asking => new()
    {
        { "path", path },
        { "format", format.ToString().ToLowerInvariant() },
        { "birth", Birth is SettingsBirth.Made },
        { "owner", Owner },
        { "group", Group },
        { "mode", Mode },
        { "key", values.Keys },
        { "value", values.Values },
    };
}

/// <summary>How a file spells its settings.</summary>
public enum SettingsFormat
{
    /// <summary><c>key=value</c>, as Java reads it.</summary>
    Properties,

    /// <summary><c>[section]</c> and <c>key = value</c>; a key is named <c>section.key</c>.</summary>
    Ini,

    /// <summary><c>export KEY='value'</c> between two marks, sourced by a shell; everything between them is ours.</summary>
    Env,
}

/// <summary>What becomes of a settings file that is not there.</summary>
public enum SettingsBirth
{
    MustBeThere,
    Made,
}
