using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>DSS in its data directory: installed, or upgraded in place. It never goes back to a lower version, and never becomes another kind of node.</summary>
public sealed class DssInstance(Machine machine, DssHome home, Manifest manifest, DssSecrets secrets)
    : DssResource(machine, home, "dssInstance", manifest.Name)
{
    public override TimeSpan? Patience => TimeSpan.FromMinutes(45);

    public override bool HoldsData => true;

    public override JsonNode Desired => Json.Of(new
    {
        version = Home.Version,
        kit = Home.Kit,
        nodeType = manifest.Dss.NodeType,
        java = manifest.Dss.Java,
        python = Home.HasPython ? manifest.Dss.Python : null,
        upgrade = "none",
    });

    public override Problem? Objection(Verb verb, JsonNode? desired, JsonNode? observed) => observed is null ? null : Lower(observed) ?? OtherNode(observed);

    public override string? Notice =>
        "DSS is away for about 10 minutes while its installer changes the data directory. There is no way back but the backup.";

    public override async Task<JobValues> MakingAsync(Change change, CancellationToken cancel)
    {
        var values = await AskingAsync(cancel);
        if (change.Observed is null && manifest.Dss.License is { } license) values.Add("license", await secrets.RevealAsync(license, "dss.license", cancel));
        return values;
    }

    private Problem? Lower(JsonNode observed) =>
        Version.TryParse($"{observed["version"]}", out var there) && Version.TryParse(Home.Version, out var wished) && wished < there
            ? new Problem(
                "DSS cannot go back",
                $"{Id}: DSS {there} is installed in {Home.Data}, and dss.version at {manifest.Places.Of("/dss/version")} asks for {wished}. An upgrade changes the data for good, and no older DSS reads it afterwards. "
                + $"Put dss.version to {there} or a higher one. To go back for good, restore a backup of {Home.Backups} by hand: docs/chapters/InstallDss.md says how.")
            : null;

    private Problem? OtherNode(JsonNode observed) => $"{observed["nodeType"]}" is var there && there != manifest.Dss.NodeType
        ? new Problem(
            "DSS is another kind of node",
            $"{Id}: in {Home.Data} is a node of the type {there}, and dss.nodeType at {manifest.Places.Of("/dss/nodeType")} asks for {manifest.Dss.NodeType}. A node keeps its type for good. Put the old type back, or choose another dss.dataDirectory on another machine.")
        : null;
}
