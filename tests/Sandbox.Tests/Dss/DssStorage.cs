using System.Text.Json.Nodes;
using DssPipeline.Tests;

namespace DssPipeline.Sandbox.Tests.Dss;

/// <summary>A sandbox with a storage account and a container, and a DSS that reaches it.</summary>
internal sealed class DssStorage : IAsyncDisposable
{
    private const string Id = "Microsoft.Storage/storageAccounts/stdss";
    private const string Version = "2025-06-01";

    private DssStorage(SandboxClient sandbox, ArmCaller arm, TestDss dss) => (Sandbox, Arm, Dss) = (sandbox, arm, dss);

    public SandboxClient Sandbox { get; }

    public ArmCaller Arm { get; }

    public TestDss Dss { get; }

    public static async Task<DssStorage> StartAsync(string habits = "")
    {
        var sandbox = await SandboxClient.StartAsync();
        var arm = await ArmCaller.OpenAsync(sandbox);
        await arm.MakeAccountAsync(Id);
        using var container = await arm.SendAsync(HttpMethod.Put, $"{Id}/blobServices/default/containers/dataiku", Version, """{"properties":{}}""");
        Assert.True(container.IsSuccessStatusCode, await container.Content.ReadAsStringAsync());
        return new(sandbox, arm, await TestDss.StartAsync(new SandboxDssOptions { Folder = "", Azure = sandbox.Endpoints, Habits = habits }));
    }

    public async Task<string> KeyAsync(string action = "listKeys", string? body = null)
    {
        using var answer = await Arm.SendAsync(HttpMethod.Post, $"{Id}/{action}", Version, body);
        return (string)(await SandboxClient.JsonOf(answer))["keys"]![0]!["value"]!;
    }

    /// <summary>Makes the connection as the official client does: six fields, then all of it.</summary>
    public async Task<JsonNode> ConnectAsync(string name, JsonObject parameters)
    {
        parameters["storageAccount"] = "stdss";
        parameters["defaultManagedContainer"] = "dataiku";
        await Dss.MustAsync("POST", "admin/connections", new JsonObject { ["name"] = name, ["type"] = "Azure", ["params"] = parameters, ["usableBy"] = "ALL" });
        var made = await Dss.MustAsync("GET", $"admin/connections/{name}");
        made["allowManagedFolders"] = true;
        return await Dss.MustAsync("PUT", $"admin/connections/{name}", made);
    }

    public async Task<JsonNode> ConnectWithKeyAsync(string name = "adls") =>
        await ConnectAsync(name, new JsonObject { ["authType"] = "SHARED_KEY", ["accessKey"] = await KeyAsync() });

    public async ValueTask DisposeAsync()
    {
        await Dss.DisposeAsync();
        await Sandbox.DisposeAsync();
    }
}
