namespace DssPipeline.Pipelines.Tests;

/// <summary>The files of the repository that these tests were built in.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string Full(string file) => Path.Combine(Root, file);

    public static string Read(string file) => File.ReadAllText(Full(file));

    /// <summary>Files of a folder by the end of their names, relative to the root.</summary>
    public static IReadOnlyList<string> In(string folder, string pattern) =>
        Directory.Exists(Full(folder)) ? [.. Directory.EnumerateFiles(Full(folder), pattern).Select(file => $"{folder}/{Path.GetFileName(file)}").Order(StringComparer.Ordinal)] : [];

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "DssPipeline.sln")) ? folder : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("These tests run inside the repository."));
}
