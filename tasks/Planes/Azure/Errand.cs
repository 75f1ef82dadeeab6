using System.Text.Json.Nodes;
using Azure.Core;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>One request and what it is about.</summary>
internal sealed record Errand(RequestMethod Method, string Id, string ApiVersion, JsonNode? Body = null)
{
    /// <summary>The thing it is about; an action's is the thing it is done to.</summary>
    public ArmAddress Subject { get; } = new(Method == RequestMethod.Post ? Id[..Id.LastIndexOf('/')] : Id.Split('?')[0], ApiVersion);

    /// <summary>Sending it twice does the same as once.</summary>
    public bool Repeatable { get; init; } = Method != RequestMethod.Post;

    public bool Deletes => Method == RequestMethod.Delete;

    public bool Writes => Method != RequestMethod.Get && Method != RequestMethod.Head;

    /// <summary>The principal that a role is granted to; null for everything else.</summary>
    public string? GrantsTo => Method == RequestMethod.Put && Subject.Type.EndsWith("/roleAssignments", StringComparison.OrdinalIgnoreCase)
        ? Pointer.At(Body, "/properties/principalId")?.ToString()
        : null;

    /// <summary>Takes a lock off.</summary>
    public bool Unlocks => Deletes && Subject.Type.Equals("Microsoft.Authorization/locks", StringComparison.OrdinalIgnoreCase);

    /// <summary>The resource provider that is registered; null for everything else.</summary>
    public string? Registers => Method == RequestMethod.Post && Id.EndsWith("/register", StringComparison.OrdinalIgnoreCase) ? Subject.Name : null;

    public string Path => ArmAddress.PathOf(Id, ApiVersion);

    /// <summary>Where the thing itself answers.</summary>
    public string Thing => ArmAddress.PathOf(Subject.Id, ApiVersion);
}
