namespace DssPipeline.Chapters;

/// <summary>The only texts a key may have, spelled as Azure or DSS spells them.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OneOfAttribute(params string[] values) : Attribute
{
    public IReadOnlyList<string> Values { get; } = values;
}
