using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using DssPipeline.Sandbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Sandbox.Tests.Arm;

/// <summary>A Resource Manager of a test's own on loopback, with the subscription's providers registered unless a test wants them not to be.</summary>
internal sealed class ArmHost : IAsyncDisposable
{
    private static readonly Lazy<Task<byte[]>> Furnished = new(FurnishAsync);

    private readonly WebApplication app;
    private readonly bool keepsFolder;

    private ArmHost(WebApplication app, ArmStore store, ArmOptions options, bool keepsFolder)
    {
        this.app = app;
        this.keepsFolder = keepsFolder;
        Store = store;
        Options = options;
        Client = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new(app.Urls.Single()) };
    }

    public ArmStore Store { get; }

    public ArmOptions Options { get; }

    public HttpClient Client { get; }

    public string Subscription => $"/subscriptions/{Options.SubscriptionId}";

    public string Group => $"{Subscription}/resourceGroups/rg";

    public static async Task<ArmHost> StartAsync(ArmOptions? options = null, TimeProvider? clock = null)
    {
        var folder = Directory.CreateTempSubdirectory("arm-").FullName;
        await File.WriteAllBytesAsync(Path.Combine(folder, "arm.jsonl"), await Furnished.Value);
        return await OpenAsync(folder, options, clock, keepsFolder: false);
    }

    public static async Task<ArmHost> OpenAsync(string folder, ArmOptions? options = null, TimeProvider? clock = null, bool keepsFolder = true)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var web = builder.Build();
        var store = new ArmStore(folder);
        options ??= new();
        web.Run(new ArmApi(store, clock ?? TimeProvider.System, options).HandleAsync);
        await web.StartAsync();
        return new(web, store, options, keepsFolder);
    }

    /// <summary>One request, as bare as curl would send it.</summary>
    public async Task<ArmReply> SendAsync(string method, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new(method), path);
        if (body is string text) request.Content = new StringContent(text, Encoding.UTF8, "application/json");
        else if (body is not null) request.Content = JsonContent.Create(body);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await Client.SendAsync(request);
        return await ArmReply.ReadAsync(response);
    }

    /// <summary>The same with the newest version of the contract.</summary>
    public Task<ArmReply> CallAsync(string method, string id, object? body = null, params (string Name, string Value)[] headers) =>
        SendAsync(method, $"{id}{(id.Contains('?', StringComparison.Ordinal) ? '&' : '?')}api-version={Version(id)}", body, headers);

    /// <summary>Writes, waits until the work is done, and reads.</summary>
    public async Task<JsonObject> MakeAsync(string id, object body)
    {
        var reply = await CallAsync("PUT", id, body);
        Assert.True(reply.IsSuccess, $"PUT {id} answered {reply.Status}: {reply.Body}");
        return await SettleAsync(id);
    }

    public async Task<JsonObject> SettleAsync(string id)
    {
        for (var look = 0; look < 10; look++)
        {
            var reply = await CallAsync("GET", id);
            var state = (string?)reply.Body?["properties"]?["provisioningState"];
            if (reply.Status == 200 && state is null or "Succeeded" or "Failed") return reply.Body!.AsObject();
        }

        throw new InvalidOperationException($"{id} never settled");
    }

    public async Task<ArmReply> RemoveAsync(string id)
    {
        var reply = await CallAsync("DELETE", id);
        for (var look = 0; look < 5 && (await CallAsync("GET", id)).Status == 200; look++)
        {
        }

        return reply;
    }

    public static string Version(string id)
    {
        var path = id.Split('?')[0];
        var type = path.Contains("/providers/", StringComparison.OrdinalIgnoreCase) ? TypeOf(path[(path.LastIndexOf("/providers/", StringComparison.OrdinalIgnoreCase) + 11)..].Split('/')) : "Microsoft.Resources/resourceGroups";
        return ContractCatalog.Types.TryGetValue(type, out var versions) ? versions[^1] : "2022-09-01";
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
        Store.Dispose();
        if (!keepsFolder) Directory.Delete(Store.Folder, recursive: true);
    }

    /// <summary>The journal of a world in which the providers are registered and the group is there.</summary>
    private static async Task<byte[]> FurnishAsync()
    {
        var folder = Directory.CreateTempSubdirectory("arm-").FullName;
        await using (var host = await OpenAsync(folder))
        {
            foreach (var space in ContractCatalog.Types.Keys.Select(type => type.Split('/')[0]).Append("Microsoft.MarketplaceOrdering").Distinct(StringComparer.Ordinal))
            {
                await host.SendAsync("POST", $"{host.Subscription}/providers/{space}/register?api-version=2022-09-01");
                for (var look = 0; look <= host.Options.PollsUntilDone; look++) await host.SendAsync("GET", $"{host.Subscription}/providers/{space}?api-version=2022-09-01");
            }

            await host.MakeAsync(host.Group, new { location = "westeurope" });
        }

        return await File.ReadAllBytesAsync(Path.Combine(folder, "arm.jsonl"));
    }

    private static string TypeOf(string[] segments)
    {
        var types = segments[1..].Where((_, index) => index % 2 == 0);
        var type = $"{segments[0]}/{string.Join('/', types)}";
        return ContractCatalog.Types.ContainsKey(type) ? type : type[..Math.Max(type.LastIndexOf('/'), segments[0].Length + 1)];
    }
}
