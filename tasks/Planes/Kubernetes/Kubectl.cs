using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>Runs kubectl: a process for each question, arguments as a list, documents over its standard input, the kubeconfig by its environment.</summary>
internal sealed class Kubectl(KubernetesOptions options, KubeconfigFile config)
{
    // Where a company lets nobody out but by a proxy, kubectl must know it as well.
    private static readonly string[] Proxies = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "NO_PROXY", "no_proxy"];

    /// <summary>Runs it once to its end, or until it is cancelled.</summary>
    public async Task<KubectlAnswer> RunAsync(IReadOnlyList<string> arguments, JsonNode? input, CancellationToken cancel)
    {
        using var process = Start([.. arguments.TakeWhile(argument => argument != "--"), $"--cache-dir={config.Cache}", $"--request-timeout={options.Retry.Attempt.TotalSeconds:0}s", .. arguments.SkipWhile(argument => argument != "--")]);
        await using var end = cancel.Register(() => ProcessShell.End(process));
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(CancellationToken.None), process.StandardError.ReadToEndAsync(CancellationToken.None));
        await TellAsync(process, input);
        await process.WaitForExitAsync(CancellationToken.None);

        cancel.ThrowIfCancellationRequested();
        return KubectlAnswer.Of(process.ExitCode, await output, await errors);
    }

    private Process Start(IReadOnlyList<string> arguments)
    {
        try
        {
            var proxies = options.Server is null ? Proxies.Select(name => (name, Environment.GetEnvironmentVariable(name) ?? "")).Where(proxy => proxy.Item2.Length > 0) : [];
            return ProcessShell.Start(options.Program, arguments, [("KUBECONFIG", config.File), .. proxies]);
        }
        catch (ProblemException failure) when (failure.InnerException is Win32Exception cause)
        {
            throw new ProblemException(
                new Problem(
                    "No kubectl on this machine",
                    $"{options.Program} could not be started: {cause.Message}. This run looks into the cluster {options.Cluster} with it, from the machine on which it runs. Install it (Debian and Ubuntu: the package kubectl of https://pkgs.k8s.io, or kubernetes-client), and see that it is in PATH. On a machine with az:")
                { Command = "az aks install-cli" },
                failure);
        }
    }

    private static async Task TellAsync(Process process, JsonNode? input)
    {
        try
        {
            if (input is not null) await process.StandardInput.WriteAsync(input.ToJsonString());
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it had read everything; its exit code and its last words say why.
        }
    }
}
