using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>The kubeconfig of one run: a file that only its owner reads, in a folder of its own, gone when the run ends.</summary>
internal sealed class KubeconfigFile(KubernetesOptions options, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1);
    private DirectoryInfo? folder;
    private DateTimeOffset? written;

    public string File => Path.Combine(folder!.FullName, "config");

    /// <summary>What kubectl remembers of the API server between two calls.</summary>
    public string Cache => Path.Combine(folder!.FullName, "cache");

    /// <summary>Sees that there is one that is not too old; false when the cluster is not there.</summary>
    public async Task<bool> HaveAsync(CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            if (written is { } time && clock.GetUtcNow() - time < options.Lifetime) return true;
            if (await options.Kubeconfig(cancel) is not { } text) return false;

            await WriteAsync(Kubeconfig.Read(text, options.Cluster), cancel);
            return true;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>The next one who needs it asks for another.</summary>
    public void Forget() => written = null;

    public void Dispose()
    {
        turn.Dispose();
        folder?.Delete(recursive: true);
        folder = null;
    }

    private async Task WriteAsync(Kubeconfig config, CancellationToken cancel)
    {
        if (options.Server is { } server) config.Lead(server);
        if (config.NeedsSignIn && options.Token is { } token) config.SignIn(await token(config.Audience, cancel));
        foreach (var secret in config.Secrets) options.Redactor.Add(secret);

        // Its folder is made for the owner alone before anything is in it.
        folder ??= Directory.CreateTempSubdirectory("dss-");
        var form = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) form.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using (var writer = new StreamWriter(new FileStream(File, form))) await writer.WriteAsync(config.Write().AsMemory(), CancellationToken.None);
        written = clock.GetUtcNow();
    }
}
