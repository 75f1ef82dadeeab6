using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>A container (file system) of an account, made through ARM, which works with account keys off and the firewall closed.</summary>
public class BlobContainer(Arm arm, AdlsNames names, string name)
    : AzureResource(arm, names.Container(name), StorageAccount.ApiVersion, names.StorageAccount)
{
    private const string Metadata = "/properties/metadata";

    /// <summary>Containers take no tags; their metadata says which deployment made them.</summary>
    public const string Mark = "dss_pipeline_deployment";

    public override bool HoldsData => true;

    public override Comparison Comparison => base.Comparison with { Folded = [.. base.Comparison.Folded, "/properties/publicAccess"] };

    protected override JsonNode? Wish => Json.Of(new
    {
        properties = new
        {
            publicAccess = "None",
            metadata = new Dictionary<string, string>(StringComparer.Ordinal) { [Mark] = Arm.Deployment },
        },
    });

    public override bool IsOurs(JsonNode observed) => OwnerOf(observed) == Arm.Deployment;

    public override Problem? Objection(Verb verb, JsonNode? desired, JsonNode? observed) => OwnerOf(observed) is { } owner && owner != Arm.Deployment
        ? new Problem(
            "Belongs to another deployment",
            $"{Id} carries the metadata {Mark} with the value {owner}, and this is {Arm.Deployment}. Two deployments would undo each other's work. Choose another name in the manifest, or remove the metadata if {owner} is gone.")
        : null;

    protected override JsonObject Body(JsonObject wish, JsonNode? observed)
    {
        var body = base.Body(wish, observed);
        // Metadata is replaced whole, and somebody else's is not ours to forget.
        if (Pointer.At(observed, Metadata) is JsonObject others) body["properties"]!["metadata"] = Planes.Overlay.Of(others, Pointer.At(body, Metadata));
        return body;
    }

    private static string? OwnerOf(JsonNode? observed) => Pointer.At(observed, $"{Metadata}/{Mark}")?.ToString();
}
