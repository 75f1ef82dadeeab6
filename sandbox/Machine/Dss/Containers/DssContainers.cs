using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DssPipeline.Sandbox;

/// <summary>What DSS does about containers when it is told: it pushes base images with the machine's docker, and applies policies with its kubectl.</summary>
internal sealed class DssContainers(DssInstance dss)
{
    private const string Failed = "ERR_CONTAINER_IMAGE_PUSH_FAILED";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public IEnumerable<DssRoute> Routes =>
    [
        new("POST", "admin/container-exec/actions/push-base-images", call => dss.Futures.StartAsync(call.Key, PushAsync)),
        new("POST", "admin/container-exec/actions/apply-kubernetes-policies", call => dss.Futures.StartAsync(call.Key, ApplyAsync)),
        new("POST", "admin/container-exec/actions/build-cde-plugins-image", call => dss.Futures.StartAsync(call.Key, _ => Task.FromResult<JsonNode?>(BuildCde()))),
    ];

    private async Task<JsonNode?> PushAsync(CancellationToken cancel)
    {
        foreach (var push in DssImagePushes.Of(dss))
        {
            var warning = await PrepareAsync(push, cancel);
            await MustAsync(dss.Outside.Docker, ["tag", push.Image, push.Target], $"Base image {push.Image} cannot be tagged: build it first with dssadmin build-base-image", cancel);
            await MustAsync(dss.Outside.Docker, ["push", push.Target], $"{warning}Failed to push {push.Target}", cancel);
        }

        return new JsonObject { ["messages"] = DssMessages.None };
    }

    /// <summary>Runs the hook of the configuration.</summary>
    /// <returns>What it warned of, before what fails for it later; empty when all went well.</returns>
    private static async Task<string> PrepareAsync(DssImagePush push, CancellationToken cancel)
    {
        switch (push.Mode)
        {
            case "ACR":
                return await SignInAsync(push.Registry.Split('/')[0], cancel);
            case "CUSTOM":
                await MustAsync(push.Script ?? "", [push.Registry, .. push.Image.Split('/')[^1].Split(':')], $"The pre-push script {push.Script} failed", cancel);
                return "";
            case "NONE" or "":
                return "";
            default:
                throw new DssTaskFailure(Failed, $"This stand-in does not know the pre-push mode {push.Mode}", DssFailureForm.Messages);
        }
    }

    /// <summary>What the hook of DSS does: az signs in as the machine, then in to the registry. Failures are only warnings, and the push fails.</summary>
    private static async Task<string> SignInAsync(string registry, CancellationToken cancel)
    {
        if ((await DssPrograms.RunAsync("az", ["version"], cancel)).Code == 127) throw new DssTaskFailure(Failed, "az command not found", DssFailureForm.Messages);

        string[] who = Environment.GetEnvironmentVariable("AZURE_CLIENT_ID") is { Length: > 0 } client ? ["-u", client] : [];
        var warnings = "";
        foreach (string[] arguments in (string[][])[["login", "--identity", .. who], ["acr", "login", "-n", registry]])
        {
            var (code, _, errors) = await DssPrograms.RunAsync("az", arguments, cancel);
            if (code != 0) warnings += $"WARN az {arguments[0]}: {errors.Trim()}. ";
        }

        return warnings;
    }

    private static async Task MustAsync(string program, string[] arguments, string failure, CancellationToken cancel)
    {
        var (code, _, errors) = await DssPrograms.RunAsync(program, arguments, cancel);
        if (code != 0) throw new DssTaskFailure(Failed, $"{failure}: {errors.Trim()}", DssFailureForm.Messages);
    }

    private async Task<JsonNode?> ApplyAsync(CancellationToken cancel)
    {
        foreach (var cluster in dss.Clusters.All.Where(cluster => (string?)cluster["state"] == "RUNNING"))
        {
            foreach (var policy in Dotted.Items(dss.Settings.Document, "k8sPoliciesSettings.policies").Where(policy => Fits((string?)policy["dynamicClustersPattern"], (string)cluster["id"]!))) await ApplyAsync((string)cluster["id"]!, policy, cancel);
        }

        return new JsonObject { ["messages"] = DssMessages.None };
    }

    private async Task ApplyAsync(string cluster, JsonObject policy, CancellationToken cancel)
    {
        var listed = await dss.Kubectl.RunAsync(cluster, ["get", "namespaces", "-o", "name"]);
        if (listed.Code != 0) throw new DssTaskFailure("ERR_K8S_POLICIES_FAILED", listed.Errors.Trim(), DssFailureForm.Messages);
        foreach (var space in listed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('/')[^1]).Where(space => Fits((string?)policy["namespacePattern"], space)))
        {
            foreach (var item in Dotted.Items(policy, "items"))
            {
                var file = dss.Data.PathOf($"tmp/policy-{Guid.NewGuid():N}.yaml");
                await File.WriteAllTextAsync(file, (string?)item["yaml"] ?? "", cancel);
                var applied = await dss.Kubectl.RunAsync(cluster, ["apply", "--namespace", space, "-f", file]);
                File.Delete(file);
                if (applied.Code != 0) throw new DssTaskFailure("ERR_K8S_POLICIES_FAILED", applied.Errors.Trim(), DssFailureForm.Messages);
            }
        }
    }

    private JsonObject BuildCde() => Dotted.True(dss.Settings.Document, "containerSettings.cdeEnabled")
        ? new JsonObject { ["messages"] = DssMessages.None }
        : throw new DssTaskFailure("ERR_CDE_NOT_ENABLED", "Containerized DSS engine is not enabled", DssFailureForm.Status);

    private static bool Fits(string? pattern, string name) => string.IsNullOrEmpty(pattern) || Regex.IsMatch(name, $"^(?:{pattern})$", RegexOptions.None, Patience);
}
