using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Jobs build outputs: each runs the code of the recipe that makes one as a pod of the cluster. They are in memory only: a restart forgets them.</summary>
internal sealed class DssJobs(DssInstance dss)
{
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentDictionary<string, Job> _jobs = new(StringComparer.Ordinal);

    public IEnumerable<DssRoute> Routes =>
    [
        new("GET", "projects/*/jobs", List),
        new("POST", "projects/*/jobs", Start),
        new("GET", "projects/*/jobs/*", call => DssAnswer.Of(Need(call).Status)),
        new("GET", "projects/*/jobs/*/log", call => DssAnswer.Text(Need(call).Log)),
        new("POST", "projects/*/jobs/*/abort", AbortAsync),
    ];

    private DssAnswer List(DssCall call)
    {
        dss.Projects.Need(call.Name);
        return DssAnswer.Of(new JsonArray([.. _jobs.Values.Where(job => job.Project == call.Name).Select(job => job.Status)]));
    }

    private DssAnswer Start(DssCall call)
    {
        dss.Projects.Need(call.Name);
        var output = Dotted.Items(call.Object, "outputs").Select(output => (string?)output["id"]).FirstOrDefault() ?? throw DssRefusal.Invalid("A job needs an output to build");
        var recipe = dss.Recipes.Of(call.Name, output) ?? throw DssRefusal.Invalid($"Nothing makes {output}");

        var abort = CancellationTokenSource.CreateLinkedTokenSource(dss.Ending);
        var id = $"Build_{output}_{TimeProvider.System.GetUtcNow():yyyy-MM-ddTHH-mm-ss.fff}";
        var job = new Job(call.Name, id, abort);
        job.Work = Task.Run(() => RunAsync(job, recipe, abort.Token));
        _jobs[id] = job;
        return DssAnswer.Of(new JsonObject { ["id"] = id });
    }

    private async Task RunAsync(Job job, JsonObject recipe, CancellationToken cancel)
    {
        DssContainerChoice? where = null;
        var pod = $"dataiku-exec-{Guid.NewGuid().ToString("N")[..10]}";
        try
        {
            where = DssContainerChoice.Of(dss, job.Project, recipe, "admin");
            job.Say($"Running in container: image {where.Image}, cluster {where.Cluster}, namespace {where.Namespace}");
            if (where.CreatesNamespace) await dss.Kubectl.RunAsync(where.Cluster, ["create", "namespace", where.Namespace]);
            await MustAsync(where, "run", pod, "--restart=Never", $"--image={where.Image}", "--labels=dataiku.com/dku-execution=true", "--command", "--", "python", "-c", (string?)recipe["payload"] ?? "");
            await WatchAsync(job, where, pod, cancel);
        }
        catch (DssTaskFailure failure)
        {
            job.End("FAILED", $"{failure.Code}: {failure.Message}");
        }
        catch (DssRefusal refusal)
        {
            job.End("FAILED", refusal.Message);
        }
        catch (OperationCanceledException)
        {
            job.End("ABORTED", "Aborted");
        }

        if (where is not null && !dss.Ending.IsCancellationRequested) await dss.Kubectl.RunAsync(where.Cluster, ["delete", "pod", pod, "--namespace", where.Namespace, "--wait=false", "--ignore-not-found"]);
    }

    private async Task WatchAsync(Job job, DssContainerChoice where, string pod, CancellationToken cancel)
    {
        while (true)
        {
            var phase = await MustAsync(where, "get", "pod", pod, "-o", "jsonpath={.status.phase}");
            var waits = await MustAsync(where, "get", "pod", pod, "-o", "jsonpath={.status.containerStatuses[0].state.waiting.reason}");
            if (waits is "ErrImagePull" or "ImagePullBackOff") throw new DssTaskFailure("ERR_CONTAINER_IMAGE_PULL_FAILED", $"The image {where.Image} cannot be pulled: {waits}", DssFailureForm.Status);
            if (phase is "Succeeded" or "Failed")
            {
                job.Say(await MustAsync(where, "logs", pod));
                job.End(phase == "Succeeded" ? "DONE" : "FAILED", $"Container ended: {phase}");
                return;
            }

            await Task.Delay(Breath, TimeProvider.System, cancel);
        }
    }

    private async Task<string> MustAsync(DssContainerChoice where, params IReadOnlyList<string> words)
    {
        // Behind -- all words are the program's own.
        var at = words.TakeWhile(word => word != "--").Count();
        var (code, output, errors) = await dss.Kubectl.RunAsync(where.Cluster, [.. words.Take(at), "--namespace", where.Namespace, .. words.Skip(at)]);
        return code == 0 ? output : throw new DssTaskFailure("ERR_CONTAINER_EXECUTION_FAILED", errors.Trim(), DssFailureForm.Status);
    }

    private async Task<DssAnswer> AbortAsync(DssCall call)
    {
        await Need(call).Abort.CancelAsync();
        return DssAnswer.Of(new JsonObject());
    }

    private Job Need(DssCall call)
    {
        dss.Projects.Need(call.Name);
        return _jobs.TryGetValue(call.Names[1], out var job) && job.Project == call.Name ? job : throw DssRefusal.NotFound(dss.Habits, $"Job not found: {call.Names[1]}");
    }

    private sealed class Job(string project, string id, CancellationTokenSource abort)
    {
        private readonly Lock _telling = new();
        private readonly StringBuilder _log = new();
        private string _state = "RUNNING";

        public string Project => project;

        public CancellationTokenSource Abort => abort;

        public Task Work { get; set; } = Task.CompletedTask;

        public string Log
        {
            get
            {
                lock (_telling) return _log.ToString();
            }
        }

        public JsonObject Status => new() { ["baseStatus"] = new JsonObject { ["def"] = new JsonObject { ["id"] = id, ["projectKey"] = project }, ["state"] = _state }, ["globalState"] = new JsonObject { ["done"] = _state == "DONE" ? 1 : 0, ["failed"] = _state == "FAILED" ? 1 : 0, ["running"] = _state == "RUNNING" ? 1 : 0, ["total"] = 1 } };

        public void Say(string text)
        {
            lock (_telling) _log.AppendLine(text.TrimEnd('\n'));
        }

        public void End(string state, string text)
        {
            Say(text);
            _state = state;
        }
    }
}
