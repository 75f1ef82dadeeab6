using DssPipeline.Convergence;

namespace DssPipeline.Planes.Tests;

/// <summary>What the remote of a test answers.</summary>
internal sealed record Reply(int Status, string Body = "")
{
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public string ContentType { get; init; } = "application/json";

    /// <summary>The connection is cut instead of an answer.</summary>
    public bool Dropped { get; init; }

    /// <summary>The answer is held back until this is done.</summary>
    public Task After { get; init; } = Task.CompletedTask;

    public static Reply Drop { get; } = new(0) { Dropped = true };

    public static Reply Missing { get; } = Error(404, "ResourceNotFound", "The resource was not found.");

    public static Reply Error(int status, string code, string message) =>
        new(status, Json.Of(new { error = new { code, message } }).ToJsonString());

    public Reply With(string name, string value) => this with { Headers = [.. Headers, (name, value)] };
}
