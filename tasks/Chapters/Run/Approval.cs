using System.Text.Json;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>The one plan that somebody looked at and wants made: its digest, and the plan itself when it is at hand.</summary>
public sealed record Approval(string Digest, JsonObject? Plan = null)
{
    private const int Shortest = 12;

    /// <summary>What the command line approves; null when it approves nothing in particular.</summary>
    /// <exception cref="ProblemException">The file holds no plan, or another one than the digest names.</exception>
    public static Approval? Of(string? digest, string? file)
    {
        if (file is null) return digest is null ? null : new(digest);

        var approval = Read(file);
        if (digest is not null && !Matches(digest, approval.Digest)) throw Unusable(file, $"its digest is {approval.Digest[..Shortest]}, and --approve says {digest}.");
        return approval;
    }

    /// <summary>Whether this is the plan that was approved, or there is nothing left of it to do.</summary>
    public bool Allows(Plan found) => found.IsEmpty || Matches(Digest, found.Digest);

    private static bool Matches(string digest, string whole) => digest.Length >= Shortest && whole.StartsWith(digest, StringComparison.OrdinalIgnoreCase);

    private static Approval Read(string file)
    {
        try
        {
            var plan = JsonNode.Parse(File.ReadAllText(file)) as JsonObject;
            if (plan?["formatVersion"]?.ToString() != $"{PlanJson.FormatVersion}" || plan["tasks"] is not JsonArray || plan["digest"]?.ToString() is not { Length: 64 } digest) throw Unusable(file, "it is not a plan.json of this version.");
            return new(digest, plan);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException or ArgumentException)
        {
            throw Unusable(file, failure.Message);
        }
    }

    private static ProblemException Unusable(string file, string why) => new(new Problem(
        "Approved plan cannot be used",
        $"--approve-plan names {file}: {why} Name the plan.json that --target Plan wrote with --plan-file or --report, unchanged."));
}
