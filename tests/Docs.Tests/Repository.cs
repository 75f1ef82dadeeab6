namespace DssPipeline.Docs.Tests;

/// <summary>The files of the repository, as they lie in the folder that these tests were built in.</summary>
internal static class Repository
{
    private static readonly string[] Made = ["bin", "obj", ".git", ".sandbox", ".vs", ".idea", "TestResults", "BenchmarkDotNet.Artifacts", "node_modules", "tools"];

    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>Every file somebody wrote, relative to the root, with <c>/</c> between folders.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. Written(Root).Select(Relative).Order(StringComparer.Ordinal)];

    public static IEnumerable<string> Ending(params string[] ends) => Files.Where(file => ends.Any(end => file.EndsWith(end, StringComparison.Ordinal)));

    public static IEnumerable<string> Below(string folder, string end) => Ending(end).Where(file => file.StartsWith($"{folder}/", StringComparison.Ordinal));

    public static string Full(string file) => Path.Combine(Root, file);

    public static string Read(string file) => File.ReadAllText(Full(file));

    public static bool Has(string path) => File.Exists(Full(path)) || Directory.Exists(Full(path));

    private static string Relative(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    private static IEnumerable<string> Written(string folder) =>
        Directory.EnumerateFiles(folder).Where(file => Path.GetFileName(file) != ".git").Concat(Directory.EnumerateDirectories(folder).Where(below => !Made.Contains(Path.GetFileName(below))).SelectMany(Written));

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "DssPipeline.sln")) ? folder : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("These tests run inside the repository."));
}
