using System.Text.Json;
using System.Text.Json.Nodes;

namespace DssPipeline.Pipelines.Tests;

/// <summary>A repository of a user, and the machine on which its jobs run as on GitHub: every script of the action is executed, against a sandbox that has no machine.</summary>
internal sealed class LocalRunner : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("runner-");
    private readonly JsonObject github = [];

    public LocalRunner() => Write("deployment.yml", Pipelines.Tests.Repository.Read("examples/reference.yml"));

    /// <summary>Where the repository of the user is checked out.</summary>
    public string Workspace => Directory.CreateDirectory(Path.Combine(folder.FullName, "workspace")).FullName;

    /// <summary>The folder of the sandbox that all runs share.</summary>
    public string World => Path.Combine(folder.FullName, "world");

    /// <summary>What happened, as GitHub tells it; a push unless something else was said.</summary>
    public (string Name, JsonObject Payload) Event { get; set; } = ("push", []);

    /// <summary>A command that runs while a job waits for whoever approves.</summary>
    public IReadOnlyList<string> Meanwhile { get; set; } = ["true"];

    /// <summary>What the last workflow that was called hands to its caller.</summary>
    public IReadOnlyDictionary<string, string> Outputs { get; private set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Lets the runs talk to this GitHub.</summary>
    public LocalRunner On(LoopbackGitHub other)
    {
        (github["api_url"], github["token"]) = (other.Uri.AbsoluteUri.TrimEnd('/'), LoopbackGitHub.Token);
        return this;
    }

    public void Write(string name, string text)
    {
        var file = Path.Combine(Workspace, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    /// <summary>Runs the action with these inputs.</summary>
    public async Task<JobResult> UseAsync(params (string Name, string Value)[] inputs)
    {
        var wish = Wish([("sandbox", World), ("arguments", "--machine=none"), .. inputs]);
        return Read((await RunAsync(wish))!);
    }

    /// <summary>Calls a workflow, and tells what became of its jobs.</summary>
    public async Task<IReadOnlyDictionary<string, JobResult>> CallAsync(string workflow, params (string Name, string Value)[] inputs)
    {
        var wish = Wish([("arguments", $"--machine=none\n--sandbox={World}"), .. inputs]);
        return await JobsAsync(wish, workflow);
    }

    /// <summary>Starts a workflow of the user's repository by what happened, and tells what became of its jobs.</summary>
    public Task<IReadOnlyDictionary<string, JobResult>> StartAsync(string workflow, params (string Name, string Value)[] secrets)
    {
        var wish = Wish([]);
        wish["secrets"] = new JsonObject(secrets.Select(secret => KeyValuePair.Create(secret.Name, (JsonNode?)secret.Value)));
        return JobsAsync(wish, Path.Combine(Workspace, workflow));
    }

    public void Dispose() => folder.Delete(recursive: true);

    private JsonObject Wish(IEnumerable<(string Name, string Value)> inputs)
    {
        var given = new JsonObject();
        foreach (var (name, value) in inputs) given[name] = value;
        return new()
        {
            ["folder"] = folder.FullName,
            ["workspace"] = Workspace,
            ["tool"] = Pipelines.Tests.Repository.Root,
            ["eventName"] = Event.Name,
            ["event"] = Event.Payload.DeepClone(),
            ["github"] = github.DeepClone(),
            ["environment"] = new JsonObject { ["DSS_PIPELINE_HOST"] = AppContext.BaseDirectory.TrimEnd('/'), ["NO_COLOR"] = "1", ["DOTNET_ROOT"] = Environment.GetEnvironmentVariable("DOTNET_ROOT") ?? "" },
            ["inputs"] = given,
            ["meanwhile"] = new JsonArray([.. Meanwhile.Select(word => (JsonNode)word)]),
        };
    }

    private async Task<IReadOnlyDictionary<string, JobResult>> JobsAsync(JsonObject wish, string workflow)
    {
        wish["workflow"] = workflow;
        var result = await RunAsync(wish);
        Outputs = result!["outputs"].Deserialize<Dictionary<string, string>>()!;
        return result["results"]!.AsObject().ToDictionary(job => job.Key, job => Read(job.Value!), StringComparer.Ordinal);
    }

    private async Task<JsonNode?> RunAsync(JsonObject wish)
    {
        var (asked, answered) = (Path.Combine(folder.FullName, "wish.json"), Path.Combine(folder.FullName, "result.json"));
        await File.WriteAllTextAsync(asked, wish.ToJsonString());
        File.Delete(answered);

        var (exit, output) = await Node.RunAsync("runner/run.mjs", asked, answered);

        Assert.True(exit == 0, $"The runner itself failed:\n{output}");
        return JsonNode.Parse(await File.ReadAllTextAsync(answered));
    }

    private static JobResult Read(JsonNode result) => result.Deserialize<JobResult>(JsonSerializerOptions.Web)!;
}
