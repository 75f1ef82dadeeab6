using System.Text.Json.Nodes;
using DssPipeline.Chapters;
using DssPipeline.Convergence;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>What becomes of an ADLS gen2 account in its life.</summary>
public sealed class AccountTests
{
    [Fact]
    public async Task A_rule_of_others_outlives_ours()
    {
        await using var rehearsed = await Rehearsed.OpenAsync("minimal", Account("lifecycle: [{name: cool, coolAfterDays: 30}]"));
        await rehearsed.DeployAsync();
        await AddRuleAsync(rehearsed, "theirs");

        var unbent = await rehearsed.PlanAsync();
        var changed = await rehearsed.With(Account("lifecycle: [{name: cool, coolAfterDays: 60}]")).DeployAsync();
        var both = await RulesAsync(rehearsed);
        var removed = await rehearsed.With(Account("lifecycle: []")).DeployAsync();

        Assert.True(unbent.IsEmpty, Rehearsed.Text(unbent));
        Assert.True(changed.IsGood, Rehearsed.Failures(changed));
        Assert.Equal(["dss-pipeline-cool", "theirs"], both);
        Assert.True(removed.IsGood, Rehearsed.Failures(removed));
        Assert.Equal(["theirs"], await RulesAsync(rehearsed));
    }

    [Fact]
    public async Task A_container_left_out_stays_and_one_that_may_go_goes()
    {
        await using var rehearsed = await Rehearsed.OpenAsync("minimal", Account("containers: [data, old]"));
        await rehearsed.DeployAsync();
        var old = rehearsed.Manifest.Names.For(rehearsed.Manifest.Adls[0]).Container("old").Path;

        await rehearsed.With(Account("containers: [data]")).DeployAsync();
        var stays = await rehearsed.Somebody.GetAsync(old, StorageAccount.ApiVersion);
        var report = await rehearsed.With(Account("containers: [data]"), "policy.allowDelete=[azure/blobContainer/stdemo/old]").DeployAsync();

        Assert.NotNull(stays);
        Assert.True(report.IsGood, Rehearsed.Failures(report));
        Assert.Null(await rehearsed.Somebody.GetAsync(old, StorageAccount.ApiVersion));
    }

    [Fact]
    public async Task What_others_wrote_on_a_container_is_still_there_when_it_is_adopted()
    {
        await using var rehearsed = await Rehearsed.OpenAsync("minimal", Account("containers: [data]"));
        await rehearsed.DeployAsync();
        var container = rehearsed.Manifest.Names.For(rehearsed.Manifest.Adls[0]).Container("data").Path;
        await rehearsed.Somebody.PutAsync(container, StorageAccount.ApiVersion, new { properties = new { metadata = new { owner = "finance" } } });

        var adopted = await rehearsed.DeployAsync();

        var metadata = Pointer.At(await rehearsed.Somebody.GetAsync(container, StorageAccount.ApiVersion), "/properties/metadata")!;
        Assert.True(adopted.IsGood, Rehearsed.Failures(adopted));
        Assert.Equal("finance", $"{metadata["owner"]}");
        Assert.Equal("demo", $"{metadata[BlobContainer.Mark]}");
    }

    [Fact]
    public async Task An_account_that_only_subnets_and_offices_may_reach_is_made_and_left_alone()
    {
        await using var rehearsed = await Rehearsed.OpenAsync("minimal", Account("sku: Premium_ZRS, sharedKey: true, network: {allowedSources: [203.0.113.7/32, 198.51.100.0/24], allowedSubnets: [dss, aks]}"));

        var made = await rehearsed.DeployAsync();
        var plan = await rehearsed.PlanAsync();

        Assert.True(made.IsGood, Rehearsed.Failures(made));
        Assert.True(plan.IsEmpty, Rehearsed.Text(plan));
    }

    private static string Account(string more) => $"adls=[{{account: stdemo, {(more.StartsWith("containers", StringComparison.Ordinal) ? "" : "containers: [data], ")}{more}}}]";

    private static string Policy(Rehearsed rehearsed) => rehearsed.Manifest.Names.For(rehearsed.Manifest.Adls[0]).LifecyclePolicy.Path;

    private static async Task AddRuleAsync(Rehearsed rehearsed, string name)
    {
        var policy = (await rehearsed.Somebody.GetAsync(Policy(rehearsed), StorageAccount.ApiVersion))!;
        var rules = (JsonArray)Pointer.At(policy, "/properties/policy/rules")!;
        var rule = rules[0]!.DeepClone();
        rule["name"] = name;
        await rehearsed.Somebody.PutAsync(Policy(rehearsed), StorageAccount.ApiVersion, new { properties = new { policy = new { rules = rules.Select(other => other!.DeepClone()).Append(rule) } } });
    }

    private static async Task<IEnumerable<string>> RulesAsync(Rehearsed rehearsed) =>
        ((JsonArray)Pointer.At(await rehearsed.Somebody.GetAsync(Policy(rehearsed), StorageAccount.ApiVersion), "/properties/policy/rules")!).Select(rule => $"{rule!["name"]}").Order(StringComparer.Ordinal);
}
