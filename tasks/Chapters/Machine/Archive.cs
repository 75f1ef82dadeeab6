using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>A downloaded file, whole and with the right checksum. What is cut goes on where it ended.</summary>
public sealed class Archive(Machine machine, string path, string url) : MachineResource(machine, "archive", path.TrimStart('/'))
{
    /// <summary>The checksum it must have; without one its size is compared with what the server says.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The way to the internet, credentials and all; null for the direct one.</summary>
    public string? Proxy { get; init; }

    /// <summary>A file that is only there when the archive was used up already: then nobody needs it any more.</summary>
    public string? Unless { get; init; }

    public string Owner { get; init; } = "root";

    public string Group { get; init; } = "root";

    public override bool IsLong => true;

    // Gigabytes from a distant server.
    public override TimeSpan? Patience => TimeSpan.FromHours(2);

    public override JsonNode Desired => Json.Of(new { complete = true, sha256 = Sha256?.ToLowerInvariant() });

    protected override JobValues Asking => new()
    {
        { "path", path },
        { "url", url },
        { "sha256", Sha256?.ToLowerInvariant() },
        { "proxy", Proxy },
        { "unless", Unless },
        { "owner", Owner },
        { "group", Group },
    };

    protected override JsonNode? Seen(JsonObject fact) => fact["usedUp"] is null ? fact : Desired;
}
