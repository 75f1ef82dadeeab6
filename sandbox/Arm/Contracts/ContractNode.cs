using System.Text.RegularExpressions;

namespace DssPipeline.Sandbox;

/// <summary>What a value in a body may be.</summary>
public enum ContractKind { Text, Choice, Whole, Number, Truth, Any, Free, Members, Map, List }

/// <summary>One member of a body: its shape, and whether it must be sent, may be sent or only comes back.</summary>
internal sealed record ContractNode(ContractKind Kind)
{
    public ContractNode(IReadOnlyDictionary<string, ContractNode> definitions, string name) : this(ContractKind.Any)
    {
        Definitions = definitions;
        Definition = name;
    }

    private IReadOnlyDictionary<string, ContractNode>? Definitions { get; }

    private string? Definition { get; }

    /// <summary>The definition behind a reference, looked up late because definitions may contain themselves.</summary>
    public ContractNode Shape => Definition is null ? this : Definitions![Definition].Shape;

    /// <summary>The member's name as Azure spells it; bodies may spell it in any case.</summary>
    public string Name { get; init; } = "";

    public bool Required { get; init; }

    public bool ReadOnly { get; init; }

    public bool WriteOnly { get; init; }

    public bool Secret { get; init; }

    public long? Least { get; init; }

    public long? Most { get; init; }

    public Regex? Pattern { get; init; }

    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Other values than the listed ones are legal too.</summary>
    public bool Open { get; init; }

    public ContractNode? Item { get; init; }

    public IReadOnlyDictionary<string, ContractNode> Members { get; init; } = NoMembers;

    public static IReadOnlyDictionary<string, ContractNode> NoMembers { get; } = new Dictionary<string, ContractNode>(StringComparer.OrdinalIgnoreCase);
}
