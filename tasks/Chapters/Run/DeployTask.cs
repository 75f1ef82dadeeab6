using Cake.Frosting;

namespace DssPipeline.Chapters;

/// <summary>Makes the deployment look like its manifest: every chapter, in order.</summary>
[TaskName("Deploy"), TaskDescription("Makes everything look like the manifest: all tasks, in order")]
[IsDependentOn(typeof(PushImagesTask)), IsDependentOn(typeof(CreateAdlsTask)), IsDependentOn(typeof(InstallAksPluginTask)), IsDependentOn(typeof(CreateAksTask)), IsDependentOn(typeof(UseClusterTask))]
public sealed class DeployTask : FrostingTask<RunContext>;
