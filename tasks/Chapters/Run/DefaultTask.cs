using Cake.Frosting;

namespace DssPipeline.Chapters;

/// <summary>What runs when no target is named.</summary>
[TaskName("Default"), TaskDescription("Deploy")]
[IsDependentOn(typeof(DeployTask))]
public sealed class DefaultTask : FrostingTask<RunContext>;
