using System.Runtime.CompilerServices;
using Xunit;

namespace DssPipeline.Snapshots;

/// <summary>Compares text with the <c>*.verified.txt</c> beside the test. What differs is left in <c>*.received.txt</c>: when it is better, rename it, or run once with <c>ACCEPT_SNAPSHOTS=1</c>.</summary>
public static class Snapshot
{
    private const int Around = 2;

    /// <summary>Compares with <c>Class.Method.verified.txt</c> in the folder of the test.</summary>
    /// <param name="variant">Tells the cases of a theory apart.</param>
    public static void Verify(string text, string? variant = null, [CallerMemberName] string method = "", [CallerFilePath] string file = "")
    {
        var name = $"{Path.GetFileNameWithoutExtension(file)}.{method}{(variant is null ? "" : $"_{variant}")}";
        VerifyFile(text, Path.Combine(Path.GetDirectoryName(file)!, name));
    }

    /// <summary>Compares with <c>path.verified.txt</c>, for cases whose files lie in a folder of their own.</summary>
    public static void VerifyFile(string text, string path)
    {
        var (verified, received) = ($"{path}.verified.txt", $"{path}.received.txt");
        var actual = Normal(text);
        if (Environment.GetEnvironmentVariable("ACCEPT_SNAPSHOTS") is "1") File.WriteAllText(verified, actual);

        var expected = File.Exists(verified) ? Normal(File.ReadAllText(verified)) : null;
        if (expected == actual)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, actual);
        Assert.Fail($"{Path.GetFileName(received)} is not as verified.\n{(expected is null ? $"There is no {Path.GetFileName(verified)} yet. Received:\n{actual}" : FirstDifference(expected, actual))}");
    }

    private static string Normal(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";

    private static string FirstDifference(string expected, string actual)
    {
        var (old, now) = (expected.Split('\n'), actual.Split('\n'));
        var line = old.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"First difference in line {line + 1}:\n{Excerpt("verified", old, line)}\n{Excerpt("received", now, line)}";
    }

    private static string Excerpt(string title, string[] lines, int line) =>
        $"{title}:\n{string.Join('\n', lines.Skip(line - Around).Take((2 * Around) + 1).Select(text => $"  | {text}"))}";
}
