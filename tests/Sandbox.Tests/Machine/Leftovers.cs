namespace DssPipeline.Sandbox.Tests;

/// <summary>What a machine in a folder would leave on the host: processes, mounts, loop devices.</summary>
internal static class Leftovers
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Looks until nothing is left, or until it is clear that something stays.</summary>
    public static async Task<IReadOnlyList<string>> StayingAsync(string folder)
    {
        using var often = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var began = TimeProvider.System.GetTimestamp();
        var left = Of(folder);
        while (left.Count > 0 && TimeProvider.System.GetElapsedTime(began) < Patience)
        {
            await often.WaitForNextTickAsync();
            left = Of(folder);
        }

        return left;
    }

    public static List<string> Of(string folder) =>
    [
        .. Processes().Where(process => Text(process, "cmdline").Contains(folder, StringComparison.Ordinal)).Select(process => $"process {Text(process, "cmdline").Replace('\0', ' ')}"),
        .. Processes().Where(process => Text(process, "mountinfo").Contains(folder, StringComparison.Ordinal)).Select(process => $"mount of {process}"),
        .. Directory.EnumerateDirectories("/sys/block", "loop*").Where(loop => Text(loop, "loop/backing_file").Contains(folder, StringComparison.Ordinal)).Select(loop => $"device {loop}"),
    ];

    private static IEnumerable<string> Processes() => Directory.EnumerateDirectories("/proc").Where(entry => char.IsAsciiDigit(Path.GetFileName(entry)[0]));

    private static string Text(string folder, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, file));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
