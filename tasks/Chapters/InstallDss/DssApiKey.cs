using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The administrator's key of this deployment. It is made on the machine without a browser, comes back sealed, and goes straight into the vault.</summary>
public sealed class DssApiKey(Machine machine, DssHome home, AdminKey key) : DssResource(machine, home, "dssApiKey", AdminKey.Label)
{
    public override JsonNode Desired => Json.Of(new { works = "yes" });

    public override async Task<JobValues> AskingAsync(CancellationToken cancel) => await key.AddToAsync(Asking, cancel);

    public override async Task<JobValues> MakingAsync(Change change, CancellationToken cancel)
    {
        // A vault that cannot be read now could not keep the new key either.
        await key.ReadAsync(cancel);
        return Asking;
    }

    protected override JobValues Asking
    {
        get
        {
            var values = base.Asking;
            values.Add("label", AdminKey.Label);
            return values;
        }
    }

    protected override Task MadeAsync(JobAnswer answer, CancellationToken cancel) => key.KeepAsync(answer.Secrets["key"], cancel);
}
