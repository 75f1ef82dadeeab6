using System.Text;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>Turns the bytes of a file into text, and refuses what cannot be a manifest before anything parses it.</summary>
internal static class ManifestText
{
    // The largest example has 10 KB. The limit keeps time and memory small whatever the file holds.
    public const int Limit = 256 * 1024;

    public static string Load(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw new ProblemException(new Problem(
                Summaries.NotFound,
                $"There is no file {path}. Name one with --manifest, or start from examples/minimal.yml."));
        }

        if (file.Length > Limit) throw TooLarge(path, file.Length);
        return Decode(path, File.ReadAllBytes(path));
    }

    public static string Decode(string name, byte[] bytes)
    {
        if (bytes.Length > Limit) throw TooLarge(name, bytes.Length);

        var start = bytes is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0;
        var text = bytes.AsSpan(start);
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]) throw NotText(name, 1, 1, "it starts like UTF-16");
        if (text.IndexOf((byte)0) is var nul and >= 0) throw NotText(name, text, nul, "there is a NUL byte");

        // The first bad byte is where a decoder that stops there has come to.
        var valid = Utf8Length(text);
        return valid == text.Length ? Encoding.UTF8.GetString(text) : throw NotText(name, text, valid, $"there is the byte 0x{text[valid]:X2}, which UTF-8 does not have here");
    }

    /// <summary>A text that did not come from a file must keep the same rules.</summary>
    public static string Checked(string name, string text)
    {
        if (text.Length > Limit) throw TooLarge(name, text.Length);
        return text.Contains('\0', StringComparison.Ordinal) ? throw NotText(name, 1, 1, "there is a NUL byte") : text;
    }

    private static int Utf8Length(ReadOnlySpan<byte> text)
    {
        var read = 0;
        while (read < text.Length)
        {
            if (Rune.DecodeFromUtf8(text[read..], out _, out var length) is not System.Buffers.OperationStatus.Done) break;
            read += length;
        }

        return read;
    }

    private static ProblemException TooLarge(string name, long size) => new(new Problem(
        Summaries.TooLarge,
        $"{name} has {size / 1024} KB, and a manifest may have {Limit / 1024} KB. Move long texts into files of their own and name them with ${{file:path}}."));

    private static ProblemException NotText(string name, ReadOnlySpan<byte> text, int at, string found)
    {
        var before = text[..at];
        return NotText(name, before.Count((byte)'\n') + 1, at - before.LastIndexOf((byte)'\n'), found);
    }

    private static ProblemException NotText(string name, int line, int column, string found) => new(new Problem(
        Summaries.NotText,
        $"{name} is no UTF-8 text: {found}. Save it again with the encoding UTF-8.")
    {
        Place = new Place(name, line, column).ToString(),
    });
}
