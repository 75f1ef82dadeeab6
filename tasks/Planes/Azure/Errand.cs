using Azure.Core;

namespace DssPipeline.Planes;

/// <summary>One request and what it is about.</summary>
internal sealed record Errand(RequestMethod Method, string Id, string ApiVersion, System.Text.Json.Nodes.JsonNode? Body = null)
{
    public ArmAddress Subject { get; } = new(Id.Split('?')[0], ApiVersion);

    /// <summary>Sending it twice does the same as once.</summary>
    public bool Repeatable { get; init; } = Method != RequestMethod.Post;

    public bool Deletes => Method == RequestMethod.Delete;

    public bool Writes => Method != RequestMethod.Get && Method != RequestMethod.Head;

    public string Path => ArmAddress.PathOf(Id, ApiVersion);
}
