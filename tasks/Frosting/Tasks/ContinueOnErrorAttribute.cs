namespace Cake.Frosting;

/// <summary>A failure of this task does not end the run.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ContinueOnErrorAttribute : Attribute;
