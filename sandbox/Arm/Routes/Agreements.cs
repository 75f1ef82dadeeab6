using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Terms of marketplace images; a machine from such an image needs them accepted once per subscription.</summary>
internal static class Agreements
{
    private const string Type = "Microsoft.MarketplaceOrdering/offerTypes/publishers/offers/plans/agreements";

    public static bool IsAccepted(ArmWorld world, string publisher, string product, string plan) =>
        world.Of(Type).Any(record => record.Id.Key.Contains($"/publishers/{publisher}/offers/{product}/plans/{plan}/".ToLowerInvariant(), StringComparison.Ordinal) && Dotted.True(record.Document, "properties.accepted"));

    public static ArmAnswer Answer(ArmWorld world, ArmRequest request)
    {
        var id = request.Id!;
        Precautions.NeedRegistration(world, id, "Microsoft.MarketplaceOrdering");
        var record = world.Record(id.Text) ?? new ArmRecord(id, Offer(world, id), []);
        switch (request.Method)
        {
            case "GET":
                return new(200, record.Document.DeepClone());
            case "PUT":
                if (Dotted.Text(request.Body, "properties.signature") != Dotted.Text(record.Document, "properties.signature")) throw new ArmError(400, "BadRequest", "The signature of the terms is missing or is not the one of the terms that were read.");
                record.Document["properties"]!["accepted"] = Dotted.True(request.Body, "properties.accepted");
                world.Save(record);
                return new(200, record.Document.DeepClone());
            default:
                throw new ArmError(405, "MethodNotAllowed", $"Terms cannot be asked to {request.Method}.") { FromGateway = true };
        }
    }

    private static JsonObject Offer(ArmWorld world, ArmId id)
    {
        var plan = id.Parent!;
        var (offer, publisher) = (plan.Parent!, plan.Parent!.Parent!);
        return new()
        {
            ["id"] = id.Text,
            ["name"] = plan.Name,
            ["type"] = "Microsoft.MarketplaceOrdering/offertypes",
            ["properties"] = new JsonObject
            {
                ["publisher"] = publisher.Name,
                ["product"] = offer.Name,
                ["plan"] = plan.Name,
                ["licenseTextLink"] = "https://mpcprodsa.blob.core.windows.net/legalterms/terms.txt",
                ["privacyPolicyLink"] = "https://almalinux.org/p/privacy-policy/",
                ["retrieveDatetime"] = world.Timestamp,
                ["signature"] = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(plan.Key))),
                ["accepted"] = false,
            },
        };
    }
}
