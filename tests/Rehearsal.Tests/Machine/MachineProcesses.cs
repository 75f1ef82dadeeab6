namespace DssPipeline.Rehearsal.Tests;

/// <summary>The processes of a machine, as the host sees them.</summary>
internal static class MachineProcesses
{
    /// <summary>The data disk as it is mounted in the machine of a running program; null as long as the machine has not booted.</summary>
    public static string? DiskOf(int program) => Below(program).Select(id => $"/proc/{id}/root/data").FirstOrDefault(disk => Directory.Exists($"{disk}/dss-archives"));

    /// <summary>Whether a process of the machine has these words in its command line.</summary>
    public static bool Runs(int program, string words) => Below(program).Any(id => CommandLine(id).Contains(words, StringComparison.Ordinal));

    private static string CommandLine(int id) => Read(() => File.ReadAllText($"/proc/{id}/cmdline")).Replace('\0', ' ');

    private static IEnumerable<int> Below(int id) => Children(id).SelectMany(child => (int[])[child, .. Below(child)]);

    private static IEnumerable<int> Children(int id) =>
        Read(() => string.Join(' ', Directory.EnumerateDirectories($"/proc/{id}/task").Select(thread => Read(() => File.ReadAllText($"{thread}/children"))))).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse);

    /// <summary>What the kernel tells; nothing of a process or thread that has ended meanwhile.</summary>
    private static string Read(Func<string> tell)
    {
        try
        {
            return tell();
        }
        catch (IOException)
        {
            return "";
        }
    }
}
