using System.Net.Http.Headers;
using System.Text;
using DssPipeline.Tests;

namespace DssPipeline.Sandbox.Tests.Dss;

/// <summary>The way in: prefixes, keys, headers, and what goes wrong on it.</summary>
public sealed class PublicApiTests
{
    [Theory]
    [InlineData("public/api/instance-info")]
    [InlineData("public/api/instance-info/")]
    [InlineData("dip/publicapi/instance-info")]
    public async Task Both_prefixes_answer_with_and_without_a_slash_and_tell_the_version(string path)
    {
        await using var dss = await TestDss.StartAsync("14.1.2");

        using var response = await AskAsync(dss, path, Basic($"{dss.AdminKey}:"));

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("14.1.2", response.Headers.GetValues("DSS-Version").Single());
        Assert.True(response.Headers.Contains("DSS-API-Version"));
    }

    [Fact]
    public async Task Three_forms_of_the_key_are_good_and_others_are_refused()
    {
        await using var dss = await TestDss.StartAsync();

        foreach (var good in (AuthenticationHeaderValue[])[Basic($"{dss.AdminKey}:"), Basic($":{dss.AdminKey}"), new("Bearer", dss.AdminKey)])
        {
            using var response = await AskAsync(dss, "public/api/auth/info", good);
            Assert.Equal(200, (int)response.StatusCode);
        }

        using var refused = await AskAsync(dss, "public/api/auth/info", new("Bearer", "wrong"));
        Assert.Equal(401, (int)refused.StatusCode);
        Assert.Contains("Unknown API Key", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Faults_reach_it_only_where_a_rule_names_it()
    {
        await using var dss = await TestDss.StartAsync();
        dss.Faults.Add("500@GET *; 429@GET *instance-info times=1 retry-after=3 on=dss; 502@GET *auth/info times=1 on=dss; drop-before@PUT *variables* times=1 on=dss");

        using var throttled = await AskAsync(dss, "public/api/instance-info", Basic($"{dss.AdminKey}:"));
        using var gateway = await AskAsync(dss, "public/api/auth/info", Basic($"{dss.AdminKey}:"));
        await Assert.ThrowsAsync<HttpRequestException>(() => dss.AskAsync("PUT", "admin/variables", new { a = 1 }));
        var (after, variables) = await dss.AskAsync("GET", "admin/variables");

        Assert.Equal(429, (int)throttled.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(3), throttled.Headers.RetryAfter!.Delta);
        Assert.Equal("text/html", gateway.Content.Headers.ContentType!.MediaType);
        Assert.Equal(200, after);
        Assert.Empty(variables!.AsObject());
        Assert.Equal([429, 502, 0, 200], dss.Requests.Select(request => request.Status));
    }

    [Fact]
    public async Task An_answer_can_be_late_or_break_off()
    {
        await using var dss = await TestDss.StartAsync();
        dss.Faults.Add("slow@GET *instance-info delay=150ms on=dss; cut@GET *general-settings times=1 on=dss");

        var began = TimeProvider.System.GetTimestamp();
        await dss.MustAsync("GET", "instance-info");
        var took = TimeProvider.System.GetElapsedTime(began);
        await Assert.ThrowsAsync<HttpRequestException>(() => dss.AskAsync("GET", "admin/general-settings"));

        Assert.True(took >= TimeSpan.FromMilliseconds(140), $"{took}");
        Assert.NotEmpty((await dss.MustAsync("GET", "admin/general-settings")).AsObject());
    }

    [Theory]
    [InlineData("12.0.0", true)]
    [InlineData("13.5.5", false)]
    public async Task A_key_is_told_when_it_is_made_and_later_only_by_old_versions(string version, bool later)
    {
        await using var dss = await TestDss.StartAsync(version);

        var made = await dss.MustAsync("POST", "admin/global-api-keys/", new { label = "mine", globalPermissions = new { admin = true } });
        var kept = await dss.MustAsync("GET", $"admin/global-api-keys/{(string)made["id"]!}");
        using var works = await AskAsync(dss, "public/api/auth/info", new("Bearer", (string)made["key"]!));
        await dss.MustAsync("DELETE", $"admin/global-api-keys/{(string)made["id"]!}");
        using var gone = await AskAsync(dss, "public/api/auth/info", new("Bearer", (string)made["key"]!));

        Assert.Equal(later, kept["key"] is not null);
        Assert.Equal([200, 401], [(int)works.StatusCode, (int)gone.StatusCode]);
    }

    [Fact]
    public async Task The_check_of_itself_misses_a_default_cluster_unless_told_not_to()
    {
        await using var dss = await TestDss.StartAsync(habits: "inline-futures");
        await dss.MustAsync("PUT", "admin/general-settings", new { useImplicitK8sCluster = false });

        var checkedAll = await dss.MustAsync("POST", "admin/sanity-check/run", Array.Empty<string>());
        var checkedLess = await dss.MustAsync("POST", "admin/sanity-check/run", new[] { "WARN_CLUSTERS_NONE_SELECTED_GLOBAL" });

        Assert.True((bool)checkedAll["result"]!["warning"]!);
        Assert.False((bool)checkedLess["result"]!["warning"]!);
    }

    private static AuthenticationHeaderValue Basic(string pair) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));

    private static async Task<HttpResponseMessage> AskAsync(TestDss dss, string path, AuthenticationHeaderValue key)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(dss.Address, path));
        request.Headers.Authorization = key;
        return await client.SendAsync(request);
    }
}
