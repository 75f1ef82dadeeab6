using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>The versions of marketplace images. Those of AlmaLinux are free and carry a purchase plan all the same.</summary>
internal static class Images
{
    private const string Newest = "8.10.202409";

    /// <summary>Whether a path below a region asks for images.</summary>
    public static bool Concerns(ArmId id) => id.Type.StartsWith("Microsoft.Compute/locations/publishers/artifactTypes/", StringComparison.OrdinalIgnoreCase);

    public static ArmAnswer Answer(ArmWorld world, ArmRequest request)
    {
        var id = request.Id!;
        Precautions.NeedRegistration(world, id, "Microsoft.Compute");
        return request switch
        {
            { Method: "GET", Rest: ["versions"] } => new(200, new JsonArray(Entry(id, Newest))),
            { Method: "GET", Rest: [] } when id.Type.EndsWith("/versions", StringComparison.OrdinalIgnoreCase) => Version(id),
            _ => throw new ArmError(404, "NotFound", $"Of images only their versions are known here, not '{request.Path}'.") { FromGateway = true },
        };
    }

    private static ArmAnswer Version(ArmId id)
    {
        if (id.Name != Newest) throw new ArmError(404, "NotFound", $"Artifact: VMImage was not found: version '{id.Name}'.");

        var (sku, offer, publisher) = (id.Parent!, id.Parent!.Parent!, id.Parent!.Parent!.Parent!.Parent!);
        var image = Entry(sku, Newest);
        image["properties"] = new JsonObject
        {
            ["osDiskImage"] = new JsonObject { ["operatingSystem"] = "Linux" },
            ["hyperVGeneration"] = sku.Name.Contains("gen2", StringComparison.OrdinalIgnoreCase) ? "V2" : "V1",
            ["plan"] = HasPlan(publisher.Name) ? new JsonObject { ["name"] = sku.Name, ["publisher"] = publisher.Name, ["product"] = offer.Name } : null,
        };
        return new(200, image);
    }

    /// <summary>Whether machines from images of this publisher must state a plan.</summary>
    public static bool HasPlan(string publisher) => publisher.Equals("almalinux", StringComparison.OrdinalIgnoreCase);

    private static JsonObject Entry(ArmId sku, string version) => new()
    {
        ["id"] = $"{sku.Text}/Versions/{version}",
        ["name"] = version,
        ["location"] = sku.Parent!.Parent!.Parent!.Parent!.Name,
    };
}
