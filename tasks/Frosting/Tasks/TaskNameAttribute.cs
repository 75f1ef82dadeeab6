namespace Cake.Frosting;

/// <summary>The name users type; without it a task is called like its class.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TaskNameAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
