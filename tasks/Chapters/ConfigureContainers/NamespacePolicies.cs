using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>
/// The policies of namespaces in the clusters that run: DSS brings them to a namespace when it makes one, and to those that are there when it is told, not when its settings change.
/// A mark holds which wish was brought there last, and how all policies of the settings looked then.
/// </summary>
public sealed class NamespacePolicies(Dss dss, Manifest manifest) : DssObject(dss, "namespacePolicies", manifest.Name)
{
    /// <summary>The member of the general settings that holds them.</summary>
    public const string Member = "k8sPoliciesSettings";

    private const string Apply = "admin/container-exec/actions/apply-kubernetes-policies";

    private const string Current = "as the settings say";

    public override JsonNode Desired => Json.Of(new { wish = Fingerprint(manifest.Dss.Settings[Member]), clusters = Current });

    private DssDocument Settings => Dss.Document(SettingsEntry.General);

    private DssMarks Marks => new(Dss);

    /// <summary>They go with their clusters.</summary>
    public override bool IsOurs(JsonNode observed) => false;

    public override async Task<JsonNode?> ObserveAsync(CancellationToken cancel)
    {
        if ((await Marks.ReadAsync(Id, cancel))?.Split(' ') is not [var wish, var seen]) return null;

        return Json.Of(new { wish, clusters = seen == await FingerprintAsync(cancel) ? Current : "older ones" });
    }

    public override async Task ApplyAsync(Change change, CancellationToken cancel)
    {
        // What is brought there is what the settings held before it was: whoever changes them meanwhile shows as a difference.
        var seen = await FingerprintAsync(cancel);
        await Dss.FinishAsync(await Dss.PostAsync(Apply, null, cancel), new($"{Id}", "the policies are in the clusters that run"), cancel);
        await Marks.WriteAsync(Id, $"{change.Desired!["wish"]} {seen}", cancel);
    }

    /// <summary>From now on they count as not brought.</summary>
    internal async Task ForgetAsync(CancellationToken cancel)
    {
        if (await Marks.ReadAsync(Id, cancel) is not null) await Marks.RemoveAsync(Id, cancel);
    }

    private async Task<string> FingerprintAsync(CancellationToken cancel) => Fingerprint((await Settings.ReadAsync(cancel))?[Member]);

    private static string Fingerprint(JsonNode? policies) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(policies?.ToJsonString() ?? "")))[..12];
}
