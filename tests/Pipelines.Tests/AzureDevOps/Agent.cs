using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace DssPipeline.Pipelines.Tests;

/// <summary>Runs the task as an agent of Azure Pipelines does: inputs and variables in the environment, defaults from task.json, commands read from the log.</summary>
internal sealed class Agent : IDisposable
{
    public const string Connection = "00000000-0000-0000-0000-00000000c033";

    // The mock runner and the handler run in the node of this machine; the agent brings its own.
    private const string Node = "node";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("agent-");

    public Agent()
    {
        Directory.CreateDirectory(Sources);
        Directory.CreateDirectory(Temp);
        Variables = new(StringComparer.Ordinal)
        {
            ["TF_BUILD"] = "True",
            ["AGENT_TEMPDIRECTORY"] = Temp,
            ["AGENT_WORKFOLDER"] = folder.FullName,
            ["AGENT_VERSION"] = "4.248.0",
            ["SYSTEM_DEFAULTWORKINGDIRECTORY"] = Sources,
            ["SYSTEM_DEBUG"] = "true",
            ["SYSTEM_JOBATTEMPT"] = "1",
            ["ENDPOINT_URL_SYSTEMVSSCONNECTION"] = "https://devops.example.com/contoso/",
            ["ENDPOINT_AUTH_SYSTEMVSSCONNECTION"] = """{"scheme":"OAuth","parameters":{"AccessToken":"job-token"}}""",
            ["ENDPOINT_AUTH_PARAMETER_SYSTEMVSSCONNECTION_ACCESSTOKEN"] = "job-token",
            ["ENDPOINT_AUTH_SCHEME_SYSTEMVSSCONNECTION"] = "OAuth",
            ["DSS_PIPELINE_HOST"] = Path.Combine(AppContext.BaseDirectory, "DssPipeline.Build.dll"),
        };
    }

    /// <summary>Where the repository of the user is checked out.</summary>
    public string Sources => Path.Combine(folder.FullName, "s");

    public string Temp => Path.Combine(folder.FullName, "t");

    /// <summary>What the step finds in its environment, beside its inputs.</summary>
    public Dictionary<string, string> Variables { get; }

    /// <summary>Where artifacts are fetched to.</summary>
    private string Workspace => Directory.CreateDirectory(Path.Combine(folder.FullName, "w")).FullName;

    private string Artifacts => Path.Combine(folder.FullName, "artifacts");

    /// <summary>A variable of the run as a pipeline names it; null when there is none.</summary>
    public string? Variable(string name) => name switch
    {
        "Pipeline.Workspace" => Workspace,
        _ => Variables.GetValueOrDefault(name.ToUpperInvariant().Replace('.', '_')),
    };

    /// <summary>Every job finds the temporary folder empty.</summary>
    public void CleanTemp()
    {
        Directory.Delete(Temp, recursive: true);
        Directory.CreateDirectory(Temp);
    }

    /// <summary>Artifacts belong to a run: another one begins without any.</summary>
    public void ForgetArtifacts()
    {
        if (Directory.Exists(Artifacts)) Directory.Delete(Artifacts, recursive: true);
    }

    /// <summary>Keeps a folder as an artifact, whose name nobody may have taken in this run; false when there is no such folder.</summary>
    public bool Keep(string kept, string artifact)
    {
        if (!Directory.Exists(kept)) return false;
        var place = Path.Combine(Artifacts, artifact);
        if (Directory.Exists(place)) throw new InvalidOperationException($"Artifact {artifact} already exists for this run.");
        Copy(kept, place);
        return true;
    }

    /// <summary>Fetches an artifact that an earlier job kept.</summary>
    public void Fetch(string artifact) => Copy(Path.Combine(Artifacts, artifact), Path.Combine(Workspace, artifact));

    /// <summary>A service connection by workload identity federation, or by another scheme.</summary>
    public void Connect(string scheme = "WorkloadIdentityFederation")
    {
        Variables["SYSTEM_OIDCREQUESTURI"] = "https://devops.example.com/contoso/oidctoken";
        Variables[$"ENDPOINT_URL_{Connection}"] = "https://management.azure.com/";
        Variables[$"ENDPOINT_AUTH_{Connection}"] = JsonSerializer.Serialize(new { scheme, parameters = new { serviceprincipalid = "client-1", tenantid = "tenant-1" } });
        Variables[$"ENDPOINT_AUTH_SCHEME_{Connection}"] = scheme;
        Variables[$"ENDPOINT_AUTH_PARAMETER_{Connection}_SERVICEPRINCIPALID"] = "client-1";
        Variables[$"ENDPOINT_AUTH_PARAMETER_{Connection}_TENANTID"] = "tenant-1";
    }

    /// <summary>A program of this name goes before that of the machine.</summary>
    public void Replace(string program, string script)
    {
        var bin = Directory.CreateDirectory(Path.Combine(folder.FullName, "bin")).FullName;
        var file = Path.Combine(bin, program);
        File.WriteAllText(file, script);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Variables["PATH"] = $"{bin}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}";
    }

    /// <summary>Runs the step to its end.</summary>
    public async Task<TaskRun> RunAsync(params (string Name, string Value)[] inputs)
    {
        using var process = Start([Node, Path.Combine(TaskFiles.Task, "index.js")], Given(inputs));
        return await EndAsync(process);
    }

    /// <summary>Runs the handler with the mock runner of its library: no host is started, and it ends with this code.</summary>
    public async Task<TaskRun> MockAsync(int code, params (string Name, string Value)[] inputs)
    {
        var scenario = JsonSerializer.Serialize(new { inputs = inputs.ToDictionary(input => input.Name, input => input.Value, StringComparer.Ordinal), code });
        using var process = Start([Node, Path.Combine(TaskFiles.Tests, "AzureDevOps", "mocked.js"), Path.Combine(TaskFiles.Task, "index.js")], [.. Variables, new("SCENARIO", scenario)]);
        return await EndAsync(process);
    }

    /// <summary>Runs a script of the pipeline to its end.</summary>
    public async Task<TaskRun> ScriptAsync(string script, params (string Name, string Value)[] environment)
    {
        using var process = Start(["bash", "-c", script], Variables.Concat(environment.Select(variable => KeyValuePair.Create(variable.Name, variable.Value))));
        return await EndAsync(process);
    }

    /// <summary>Begins the step, for tests that disturb it.</summary>
    public Process Begin(params (string Name, string Value)[] inputs) => Start([Node, Path.Combine(TaskFiles.Task, "index.js")], Given(inputs));

    public static async Task<TaskRun> EndAsync(Process process)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var errors = process.StandardError.ReadToEndAsync(late.Token);
        var log = await process.StandardOutput.ReadToEndAsync(late.Token);
        await process.WaitForExitAsync(late.Token);
        return new(process.ExitCode, log, await errors);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
    }

    private IEnumerable<KeyValuePair<string, string>> Given((string Name, string Value)[] inputs) => Variables
        .Concat(Defaults().Where(standard => inputs.All(input => input.Name != standard.Key)).Select(standard => KeyValuePair.Create(Key(standard.Key), standard.Value)))
        .Concat(inputs.Select(input => KeyValuePair.Create(Key(input.Name), input.Value)))
        .Where(pair => pair.Value.Length > 0);

    private IEnumerable<KeyValuePair<string, string>> Defaults() =>
        TaskFiles.Inputs.Select(input => KeyValuePair.Create($"{input["name"]}", $"{input["defaultValue"]}"));

    private static string Key(string input) => $"INPUT_{input.ToUpperInvariant()}";

    private Process Start(string[] words, IEnumerable<KeyValuePair<string, string>> environment)
    {
        var start = new ProcessStartInfo("env", ["--default-signal=INT,TERM", .. words])
        {
            WorkingDirectory = folder.FullName,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var name in start.Environment.Keys.Where(IsOfAnotherHost).ToList()) start.Environment.Remove(name);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    // A test says itself which CI system it pretends to run in.
    private static bool IsOfAnotherHost(string name) => name.StartsWith("GITHUB_", StringComparison.Ordinal) || name.StartsWith("AZURE_", StringComparison.Ordinal) || name.StartsWith("SYSTEM_", StringComparison.Ordinal) || name.StartsWith("BUILD_", StringComparison.Ordinal);
}
