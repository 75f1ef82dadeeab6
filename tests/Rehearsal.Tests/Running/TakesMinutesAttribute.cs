namespace DssPipeline.Rehearsal.Tests;

/// <summary>A class of tests that boots machines or builds images again and again.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TakesMinutesAttribute : Attribute;
