using System.Text;

namespace DssPipeline.Chapters;

/// <summary>Reads the small files that <c>${file:path}</c> names.</summary>
public static class FileSource
{
    // Licences, keys and certificates are a few kilobytes; whatever is larger was named by mistake.
    private const int Limit = 256 * 1024;

    /// <summary>The text of the file without its last line ends; null when it is absent, too large or not UTF-8 text.</summary>
    public static string? Read(string path)
    {
        try
        {
            var file = new FileInfo(path.StartsWith("~/", StringComparison.Ordinal) ? Home(path[2..]) : path);
            if (!file.Exists || file.Length > Limit) return null;
            return new UTF8Encoding(false, true).GetString(File.ReadAllBytes(file.FullName)).TrimEnd('\r', '\n');
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static string Home(string path) => Path.Join(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), path);
}
