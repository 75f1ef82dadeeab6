using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>Who may come in to the DSS machine. The rules are the manifest's and no others: one that somebody adds is taken out again.</summary>
public sealed class SecurityGroup(Arm arm, Manifest manifest)
    : AzureResource(arm, manifest.Names.SecurityGroup, "2025-01-01", manifest.Names.ResourceGroup)
{
    private const string Rules = "/properties/securityRules";

    public override Comparison Comparison => base.Comparison with
    {
        Folded =
        [
            .. base.Comparison.Folded,
            $"{Rules}/*/properties/protocol",
            $"{Rules}/*/properties/access",
            $"{Rules}/*/properties/direction",
        ],
        Unordered =
        [
            Rules,
            $"{Rules}/*/properties/sourceAddressPrefixes",
            $"{Rules}/*/properties/destinationPortRanges",
        ],
        Fixed = ["/location"],
    };

    protected override JsonNode Wish => Json.Of(new
    {
        location = manifest.Azure.Location,
        properties = new { securityRules = SecurityRules.Of(manifest) },
    });
}
