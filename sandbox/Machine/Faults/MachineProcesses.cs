using System.Globalization;

namespace DssPipeline.Sandbox;

/// <summary>The processes of the host and of all machines on it.</summary>
internal static class MachineProcesses
{
    /// <summary>Those that run a program of this name, also as a script.</summary>
    public static IEnumerable<int> Named(string program)
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && Words(folder).Take(2).Any(word => Path.GetFileName(word) == program)) yield return number;
        }
    }

    private static string[] Words(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline")).Split('\0');
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
