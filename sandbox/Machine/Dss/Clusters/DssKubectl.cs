using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Runs the machine's kubectl against a running cluster, with the kubeconfig that DSS has of it.</summary>
internal sealed class DssKubectl(DssInstance dss)
{
    public IEnumerable<DssRoute> Routes =>
    [
        new("POST", "admin/clusters/*/k8s/actions/run-kubectl", RunAsync),
        new("POST", "admin/clusters/*/k8s/jobs/actions/delete-finished", call => CleanAsync(call, "jobs", "--field-selector=status.successful=1")),
        new("POST", "admin/clusters/*/k8s/pods/actions/delete-finished", call => CleanAsync(call, "pods", "--field-selector=status.phase==Succeeded")),
        new("POST", "admin/clusters/*/k8s/pods/actions/delete-all", call => CleanAsync(call, "pods", "--all")),
    ];

    /// <summary>Runs kubectl against a cluster.</summary>
    public async Task<(int Code, string Output, string Errors)> RunAsync(string cluster, IEnumerable<string> arguments)
    {
        var file = Dotted.Text(dss.Clusters.Need(cluster), "containerSettings.executionConfigsGenericOverrides.kubeConfigPath")
            ?? throw DssRefusal.Broken("java.lang.IllegalStateException", $"Cluster '{cluster}' is not running");
        return await DssPrograms.RunAsync(dss.Outside.Kubectl, ["--kubeconfig", file, .. arguments], dss.Ending);
    }

    private async Task<DssAnswer> RunAsync(DssCall call)
    {
        var (code, output, errors) = await RunAsync(call.Name, DssPrograms.Words((string?)call.Object["args"] ?? ""));
        return DssAnswer.Of(new JsonObject { ["returnValue"] = code, ["output"] = output, ["error"] = errors });
    }

    private async Task<DssAnswer> CleanAsync(DssCall call, string kind, string which)
    {
        var more = new List<string>();
        if (call.Query["namespace"].ToString() is { Length: > 0 } space) more.AddRange(["--namespace", space]);
        if (call.Query["labelFilter"].ToString() is { Length: > 0 } labels) more.AddRange(["--selector", labels]);
        if (call.Flag("dryRun")) more.Add("--dry-run=client");
        var (code, output, errors) = await RunAsync(call.Name, ["delete", kind, which, .. more]);
        return code == 0 ? DssAnswer.Of(new JsonObject { ["output"] = output }) : throw DssRefusal.Broken("java.io.IOException", errors);
    }
}
