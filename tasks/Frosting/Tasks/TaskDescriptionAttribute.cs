namespace Cake.Frosting;

/// <summary>What <c>--description</c> says of a task.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TaskDescriptionAttribute(string description) : Attribute
{
    public string Description { get; } = description;
}
