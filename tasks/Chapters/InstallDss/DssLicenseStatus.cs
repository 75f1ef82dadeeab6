using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>What DSS itself thinks of its licence. Nothing can be made here: a licence that is refused or has run out is told.</summary>
public sealed class DssLicenseStatus(Machine machine, DssHome home, AdminKey key) : DssResource(machine, home, "dssLicenseStatus", "license")
{
    public override bool IsLong => false;

    public override JsonNode Desired => Json.Of(new { valid = "yes", expired = "no" });

    public override async Task<JobValues> AskingAsync(CancellationToken cancel) => await key.AddToAsync(Asking, cancel);
}
