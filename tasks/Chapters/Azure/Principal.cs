using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>Somebody who may be given a role: a managed identity of the deployment, or an object of the directory by its id.</summary>
public sealed record Principal
{
    /// <summary>The version of the API in which managed identities are spoken of.</summary>
    public const string ApiVersion = "2024-11-30";

    private Principal(string name, string? type) => (Name, Type) = (name, type);

    /// <summary>What people call it: the name of the identity, or the object id.</summary>
    public string Name { get; }

    /// <summary>Kind of object; told to Azure, it spares a look into the directory, where a new identity is not known for a while. Null: Azure looks.</summary>
    public string? Type { get; }

    /// <summary>The managed identity, when it is one of the deployment.</summary>
    public AzureName? Identity { get; private init; }

    /// <summary>Its object id; of an identity, only Azure knows it.</summary>
    public JsonNode ObjectId => Identity is null ? JsonValue.Create(Name) : Reference.To(Identity.Id, "/properties/principalId");

    /// <summary>What its grants are named after: known before it exists, and the same when it is made anew.</summary>
    public string Key => Identity?.Path ?? Name;

    public static Principal Of(AzureName identity) => new(identity.Name, "ServicePrincipal") { Identity = identity };

    public static Principal Of(string objectId, string? type) => new(objectId, type);

    /// <summary>Its object id as it is now; null while the identity is not there.</summary>
    public async Task<string?> FindAsync(Arm arm, CancellationToken cancel) => Identity is null
        ? Name
        : Pointer.At(await arm.ObserveAsync(new ArmAddress(Identity.Path, ApiVersion), cancel), "/properties/principalId")?.ToString();
}
