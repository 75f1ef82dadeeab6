using Cake.Frosting;

namespace DssPipeline.Chapters;

/// <summary>Hands out the JSON Schema of the manifest, for editors.</summary>
[TaskName("Schema"), TaskDescription("Writes the JSON Schema of the manifest to standard output, for editors; no manifest needed")]
public sealed class SchemaTask : AsyncFrostingTask<RunContext>
{
    public override Task RunAsync(RunContext context) => context.Run.Deployment.Papers.HandOutAsync(SchemaWriter.Text());
}
