namespace DssPipeline.Pipelines.Tests;

/// <summary>One step of our task in a pipeline that was run here.</summary>
internal sealed record StepRun(string Stage, string Name, IReadOnlyDictionary<string, string> Inputs, TaskRun Run);
