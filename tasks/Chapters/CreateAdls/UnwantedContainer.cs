using System.Text.Json.Nodes;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>A container that the manifest wants no longer, and names as one that may go.</summary>
internal sealed class UnwantedContainer(Arm arm, AdlsNames names, string name) : BlobContainer(arm, names, name)
{
    protected override JsonNode? Wish => null;
}
