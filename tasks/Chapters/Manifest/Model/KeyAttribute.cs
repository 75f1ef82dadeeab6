namespace DssPipeline.Chapters;

/// <summary>What there is to know of one key of the manifest: reader, schema and reference are all driven by it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class KeyAttribute(string description, Effect effect = Effect.InPlace) : Attribute
{
    public string Description { get; } = description;

    public Effect Effect { get; } = effect;

    /// <summary>What the text must look like.</summary>
    public Form Form { get; init; }

    public string? Unit { get; init; }

    /// <summary>The default in words, when it is computed; a plain default is the property's initial value.</summary>
    public string? Default { get; init; }

    public double Min { get; init; } = double.NegativeInfinity;

    public double Max { get; init; } = double.PositiveInfinity;

    /// <summary>The key that names an item of a list: unique in it, and what overlays and <c>--set</c> find the item by.</summary>
    public bool Identifies { get; init; }

    /// <summary>DSS variables such as <c>${dssUserLogin}</c> may stand in the text and are passed on as they are.</summary>
    public bool Variables { get; init; }

    /// <summary>The list whose items the value must name, as a path: <c>aks.nodePools</c>.</summary>
    public string? RefersTo { get; init; }

    /// <summary>A word that is allowed beside what <see cref="RefersTo"/> and <see cref="Form"/> ask for.</summary>
    public string? Also { get; init; }

    /// <summary>What stands in for the value in a rehearsal whose sources (environment, files) are absent.</summary>
    public string? Example { get; init; }
}
