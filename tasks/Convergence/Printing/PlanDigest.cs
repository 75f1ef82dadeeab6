using System.Security.Cryptography;
using System.Text;

namespace DssPipeline.Convergence;

/// <summary>Fingerprints what a plan would do, and nothing else: no times, no order of planning, nothing that is as wished.</summary>
internal static class PlanDigest
{
    public static string Of(Plan plan)
    {
        var changes = plan.Changes.Where(change => change.Verb is not Verb.Keep).OrderBy(change => change.Id).Select(PlanJson.Of);
        var text = string.Join('\n', changes.Select(change => change.ToJsonString()));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
