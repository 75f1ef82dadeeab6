using DssPipeline.Chapters;
using DssPipeline.Convergence;

namespace DssPipeline.Build;

/// <summary>Makes sure that plan and report can be left behind, before anybody is asked and anything is made.</summary>
internal static class Writable
{
    /// <exception cref="ProblemException">A file cannot be written; all of them at once.</exception>
    public static void Check(RunSettings settings)
    {
        if (settings.OnlyTells) return;

        var problems = Files(settings).Select(file => ProblemWith(file.Option, file.Path)).OfType<Problem>().ToList();
        if (problems.Count > 0) throw new ProblemException(problems);
    }

    /// <summary>Takes away what an earlier run left in the folder of this one's report, so that nobody takes it for this one's.</summary>
    public static void Clear(RunSettings settings)
    {
        if (settings.OnlyTells || settings.Report is not { } folder) return;

        foreach (var name in Papers.Names) File.Delete(Path.Combine(folder, name));
    }

    private static IEnumerable<(string Option, string Path)> Files(RunSettings settings)
    {
        if (settings.PlanFile is { } file) yield return ("--plan-file", file);
        if (settings.Report is { } folder) yield return ("--report", Path.Combine(folder, "report.json"));
    }

    private static Problem? ProblemWith(string option, string path)
    {
        try
        {
            var isNew = !File.Exists(path);
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            using (File.OpenWrite(path))
            {
                // Whether it can be opened is all that matters here.
            }

            if (isNew) File.Delete(path);
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return new("File cannot be written", $"{option} asks for {path}: {failure.Message} Nothing was asked and nothing made. Name a place that this user may write to.");
        }
    }
}
