using System.Text.Json.Nodes;
using DssPipeline.Chapters;
using DssPipeline.Sandbox;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>A folder of one test: the world of a sandbox, and files beside it.</summary>
public sealed class Stage : IDisposable
{
    // Most promises are about Azure, and a machine takes its time to come up.
    private static readonly string[] AzureOnly = ["--machine", "none"];

    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("stage-");

    /// <summary>The state folder that is handed to <c>--sandbox</c>.</summary>
    public string World => Path.Combine(root.FullName, "world");

    /// <summary>The requests of this world so far.</summary>
    public IReadOnlyList<LoggedRequest> Requests => RequestLog.Read(World);

    /// <summary>The requests so far that asked for a change. What stands in for the secrets of a rehearsal lies in a vault that no other run has.</summary>
    public IReadOnlyList<string> Writes =>
        [.. RequestLog.Writes(Requests).Where(request => !request.Path.StartsWith($"/{StandIns.VaultName}/", StringComparison.Ordinal)).Select(request => $"{request.Method} {request.Path}")];

    /// <summary>The reference deployment, which <c>--sandbox</c> alone rehearses.</summary>
    public static Manifest Reference { get; } = Examples.Read("reference");

    /// <summary>A copy of this world, to be bent by another test.</summary>
    public Stage Copy()
    {
        var copy = new Stage();
        CopyFolder(new DirectoryInfo(World), copy.World);
        return copy;
    }

    /// <summary>A file beside the world.</summary>
    public string PathOf(string name) => Path.Combine(root.FullName, name);

    public string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }

    /// <summary>Runs the program against this world.</summary>
    public Task<HostRun> RunAsync(params string[] arguments) => Host.RunAsync(["--sandbox", World, .. arguments.Contains("--machine") ? [] : AzureOnly, .. arguments]);

    /// <summary>The same with more in its environment, as a CI system starts it.</summary>
    public async Task<HostRun> RunWithAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        using var host = Host.StartWith(environment, ["--sandbox", World, .. arguments.Contains("--machine") ? [] : AzureOnly, .. arguments]);
        return await host.EndAsync();
    }

    /// <summary>Lets somebody else work in this world while the program does not run.</summary>
    public async Task BendAsync(Func<Somebody, Task> bend)
    {
        var options = new SandboxOptions { StateFolder = World, SubscriptionId = Reference.Azure.Subscription, TenantId = Reference.Azure.Tenant };
        await using var sandbox = await SandboxServer.StartAsync(options, CancellationToken.None);
        using var somebody = new Somebody(sandbox.Endpoints);
        await bend(somebody);
    }

    /// <summary>Id of everything that exists: groups, what is in them, and the roles given there.</summary>
    public async Task<IReadOnlyList<string>> ThingsAsync()
    {
        var (found, subscription) = (new List<JsonNode?>(), Reference.Names.SubscriptionPath);
        await BendAsync(async somebody =>
        {
            found.AddRange(Items(await somebody.GetAsync($"{subscription}/resourcegroups", "2025-04-01")));
            found.AddRange(Items(await somebody.GetAsync($"{subscription}/resources", "2025-04-01")));
            found.AddRange(Items(await somebody.GetAsync($"{Reference.Names.ResourceGroup.Path}/providers/Microsoft.Authorization/roleAssignments", "2022-04-01")));
        });
        return [.. found.Select(item => $"{item!["id"]}".ToLowerInvariant()).Order(StringComparer.Ordinal)];
    }

    public void Dispose() => root.Delete(recursive: true);

    private static JsonArray Items(JsonNode? page) => page?["value"]?.AsArray() ?? [];

    private static void CopyFolder(DirectoryInfo from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in from.EnumerateFiles()) file.CopyTo(Path.Combine(to, file.Name));
        foreach (var folder in from.EnumerateDirectories()) CopyFolder(folder, Path.Combine(to, folder.Name));
    }
}
