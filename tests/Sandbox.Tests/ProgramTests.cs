using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox.Tests;

/// <summary>The program as a process of its own, asked by a client that is not ours.</summary>
public sealed class ProgramTests
{
    private const string Account = "providers/Microsoft.Storage/storageAccounts/stsandboxcurl";

    [Fact]
    public async Task Curl_makes_reads_and_deletes_and_the_world_outlives_a_restart()
    {
        using var folder = new TemporaryFolder();
        JsonNode account;
        await using (var sandbox = await RunningSandbox.StartAsync(folder.Path))
        {
            var group = await sandbox.ArmAsync("PUT", "resourceGroups/rg-curl?api-version=2025-04-01", """{"location":"westeurope","tags":{"by":"curl"}}""");
            Assert.Equal(201, group.Status);
            var registered = await sandbox.ArmAsync("POST", "providers/Microsoft.Storage/register?api-version=2021-04-01");
            Assert.Equal(200, registered.Status);
            var made = await sandbox.ArmAsync("PUT", $"resourceGroups/rg-curl/{Account}?api-version=2025-06-01", """{"location":"westeurope","kind":"StorageV2","sku":{"name":"Standard_LRS"},"properties":{"isHnsEnabled":true}}""");
            Assert.Equal(202, made.Status);
            account = await sandbox.UntilAsync($"resourceGroups/rg-curl/{Account}?api-version=2025-06-01", answer => (string?)answer.Body?["properties"]?["provisioningState"] == "Succeeded");
            var bad = await sandbox.ArmAsync("PUT", $"resourceGroups/rg-curl/{Account}2?api-version=2025-06-01", """{"location":"westeurope","kind":"StorageV2","sku":{"name":"Standard_LRS"},"properties":{"isHnsEnabled":"perhaps"}}""");
            Assert.Equal(400, bad.Status);
            Assert.NotNull((string?)bad.Body?["error"]?["code"]);

            Assert.Equal(0, await sandbox.TerminateAsync());
        }

        await using var again = await RunningSandbox.StartAsync(folder.Path);
        var kept = await again.ArmAsync("GET", $"resourceGroups/rg-curl/{Account}?api-version=2025-06-01");
        var deleted = await again.ArmAsync("DELETE", $"resourceGroups/rg-curl/{Account}?api-version=2025-06-01");
        var gone = await again.ArmAsync("GET", $"resourceGroups/rg-curl/{Account}?api-version=2025-06-01");

        Assert.True((bool?)account["properties"]!["isHnsEnabled"]);
        Assert.Equal((string?)account["id"], (string?)kept.Body?["id"]);
        Assert.Equal(200, deleted.Status);
        Assert.Equal(404, gone.Status);
        Assert.Equal("ResourceNotFound", (string?)gone.Body?["error"]?["code"]);
    }

    [Fact]
    public async Task Az_makes_a_group_that_curl_reads()
    {
        Assert.SkipUnless(IsInstalled("az"), "az is not installed");
        using var folder = new TemporaryFolder();
        await using var sandbox = await RunningSandbox.StartAsync(folder.Path);

        var made = await sandbox.AzAsync("put", "resourceGroups/rg-az?api-version=2025-04-01", """{"location":"westeurope"}""");
        var read = await sandbox.ArmAsync("GET", "resourceGroups/rg-az?api-version=2025-04-01");

        Assert.Equal((string?)made["id"], (string?)read.Body?["id"]);
    }

    [Fact]
    public async Task What_it_prints_is_one_document_and_what_it_says_goes_elsewhere()
    {
        using var folder = new TemporaryFolder();
        await using var sandbox = await RunningSandbox.StartAsync(folder.Path, "--latency", "real/600", "--faults", "500@GET /never");

        await sandbox.TerminateAsync();

        Assert.Equal(Path.Combine(folder.Path, "ca.pem"), sandbox.Endpoints.CaFile);
        Assert.Equal("", (await sandbox.RestOfOutputAsync()).Trim());
    }

    private static bool IsInstalled(string program) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
