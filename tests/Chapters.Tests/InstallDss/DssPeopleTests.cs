using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters.Tests;

/// <summary>Groups and users of DSS: passwords by fingerprint, rights of others, and those that go.</summary>
public sealed class DssPeopleTests
{
    [Fact]
    public async Task A_password_that_changes_shows_as_a_change_and_is_set()
    {
        await using var stage = await DssStage.StartAsync();
        Assert.Equal("", await stage.MakeAsync(People(stage, Everything.Read())));
        var manifest = Everything.With("sandbox-only-secret", "hunter3");
        var before = await CanSignInAsync(stage, "hunter3");

        var plan = await stage.PlanAsync(People(stage, manifest));
        var failures = await stage.MakeAsync(People(stage, manifest));
        var last = await stage.PlanAsync(People(stage, manifest));

        Assert.Equal("dss/user/ada/secret", DssPromisesTests.Paths(plan));
        Assert.Equal("", failures);
        Assert.True(last.IsEmpty);
        Assert.Equal((false, true), (before, await CanSignInAsync(stage, "hunter3")));
    }

    [Fact]
    public async Task Rights_and_groups_that_the_manifest_does_not_name_stay()
    {
        await using var stage = await DssStage.StartAsync();
        Assert.Equal("", await stage.MakeAsync(People(stage, Everything.Read())));
        await stage.BendAsync("admin/groups/data-scientists", group => (group["mayDevelopPlugins"], group["description"]) = (true, "bent"));

        var failures = await stage.MakeAsync(People(stage, Everything.Read()));
        var group = await stage.SeeAsync("admin/groups/data-scientists");

        Assert.Equal("", failures);
        Assert.Equal("true true People who build projects", $"{group!["mayDevelopPlugins"]} {group["mayCreateProjects"]} {group["description"]}");
    }

    [Fact]
    public async Task A_right_that_DSS_does_not_know_is_told_by_its_name()
    {
        await using var stage = await DssStage.StartAsync();

        var failures = await stage.MakeAsync(People(stage, Everything.Read("dss.groups[data-scientists].rights={ mayFly: true }")));

        Assert.Contains("/mayFly", failures, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_that_a_directory_keeps_stays_one()
    {
        await using var stage = await DssStage.StartAsync();
        await stage.Server.MustAsync("POST", "admin/users/", new { login = "grace", sourceType = "LDAP", groups = new[] { "operators" } });

        var failures = await stage.MakeAsync(People(stage, Everything.Read()));
        var user = await stage.SeeAsync("admin/users/grace");

        Assert.Equal("", failures);
        Assert.Equal("""LDAP ["operators","administrators"]""", $"{user!["sourceType"]} {user["groups"]!.ToJsonString()}");
    }

    [Fact]
    public async Task A_user_that_the_manifest_no_longer_names_goes_only_when_it_is_ours_and_named()
    {
        await using var stage = await DssStage.StartAsync();
        var manifest = Everything.Read();
        Assert.Equal("", await stage.MakeAsync(People(stage, manifest)));
        ResourceId[] gone = [new("dss", "user", "ada"), new("dss", "user", "admin"), new("dss", "group", "data-scientists")];
        var without = manifest with { Dss = manifest.Dss with { Users = [], Groups = [] }, Policy = manifest.Policy with { AllowDelete = [.. gone.Select(id => $"{id}")] } };
        await using var machine = new DssPipeline.Planes.Machine(new() { Host = without.Names.Machine }, new DssPipeline.Planes.ProcessShell("false", []), TimeProvider.System);
        var searches = new InstallDssTask(machine, stage.Client(), DssStage.Vault).Search(without);

        var failures = await stage.MakeAsync([], [.. searches], gone);

        Assert.Equal("", failures);
        Assert.Equal("admin grace", string.Join(' ', (await stage.SeeAsync("admin/users"))!.AsArray().Select(user => $"{user!["login"]}").Order()));
        Assert.DoesNotContain("data-scientists", (await stage.SeeAsync("admin/groups"))!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_password_is_in_what_is_observed_or_kept_beside()
    {
        await using var stage = await DssStage.StartAsync();
        Assert.Equal("", await stage.MakeAsync(People(stage, Everything.Read())));

        var observed = string.Concat(await Task.WhenAll(People(stage, Everything.Read()).Select(async one => (await one.ObserveAsync(default))!.ToJsonString())));

        Assert.DoesNotContain("hunter2", observed + (await stage.SeeAsync("admin/variables"))!.ToJsonString(), StringComparison.Ordinal);
    }

    private static IReadOnlyList<Resource> People(DssStage stage, Manifest manifest)
    {
        var dss = stage.Client();
        return [.. manifest.Dss.Groups.Select(group => new DssGroup(dss, manifest, group)), .. manifest.Dss.Users.Select(user => new DssUser(dss, DssStage.Vault, manifest, user))];
    }

    private static async Task<bool> CanSignInAsync(DssStage stage, string password)
    {
        using var client = new HttpClient { BaseAddress = stage.Server.Address };
        using var form = new FormUrlEncodedContent([new("login", "ada"), new("password", password)]);
        using var answer = await client.PostAsync("dip/api/login", form);
        return answer.IsSuccessStatusCode;
    }
}
