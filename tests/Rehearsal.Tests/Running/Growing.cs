using DssPipeline.Sandbox;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>Waits for what a running program does to its world.</summary>
internal static class Growing
{
    /// <summary>Until the request log holds so many writes that were answered.</summary>
    public static async Task UntilWritesAsync(string world, int count, CancellationToken cancel)
    {
        Directory.CreateDirectory(world);
        using var grown = new SemaphoreSlim(1);
        using var watcher = new FileSystemWatcher(world, RequestLog.FileName);
        watcher.Changed += (_, _) => grown.Release();
        watcher.Created += (_, _) => grown.Release();
        watcher.EnableRaisingEvents = true;
        do await grown.WaitAsync(cancel);
        while (RequestLog.Writes(RequestLog.Read(world)).Count < count);
    }
}
