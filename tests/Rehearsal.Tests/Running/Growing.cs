using DssPipeline.Sandbox;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>Waits for what a running program does to its world.</summary>
internal static class Growing
{
    // Notices get lost when there are too many of them at once.
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);

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

    /// <summary>Until something is so in a folder that changes.</summary>
    public static async Task UntilAsync(string folder, Func<string, bool> isSo, CancellationToken cancel)
    {
        using var changed = new SemaphoreSlim(1);
        using var watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = true, InternalBufferSize = 65536 };
        watcher.Changed += (_, _) => changed.Release();
        watcher.Created += (_, _) => changed.Release();
        watcher.Deleted += (_, _) => changed.Release();
        watcher.Renamed += (_, _) => changed.Release();
        watcher.EnableRaisingEvents = true;
        do await changed.WaitAsync(Beat, cancel);
        while (!isSo(folder));
    }
}
