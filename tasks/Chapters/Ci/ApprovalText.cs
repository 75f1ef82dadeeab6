using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>How it is told that the world has moved since a plan was approved.</summary>
internal static class ApprovalText
{
    public static IEnumerable<string> Of(string deployment, Approval approval, Plan found)
    {
        if (approval.Plan is not { } plan) return [$"Approved was {approval.Digest}; the plan is now {found.Digest}. What differs between the two is told where --approve-plan hands over the approved plan.json."];

        return [$"The world has moved since the plan of {deployment} was approved. From {approval.Digest[..12]} to {found.Digest[..12]}:", .. PlanMoves.Between(plan, PlanJson.Of(deployment, found))];
    }

    /// <summary>The same as a block of Markdown.</summary>
    public static string Markdown(string deployment, Approval approval, Plan found) =>
        $"### Not the plan that was approved\n\n{string.Concat(Of(deployment, approval, found).Select(line => $"    {line}\n"))}";

    public static Problem Problem(Approval approval, Plan found) => new(
        "Plan is not the approved one",
        $"Approved was {approval.Digest}, and the plan is now {found.Digest}: the world or the manifest has moved since. Nothing was touched. Read the new plan and approve it, or find out what moved.");
}
