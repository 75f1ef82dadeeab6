using System.Formats.Tar;
using System.IO.Compression;

namespace DssPipeline.Sandbox;

/// <summary>Packs files into a tar.gz that is the same to the byte each time, so that its checksum can be written down.</summary>
internal static class ArchiveWriter
{
    public const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    public const UnixFileMode Executable = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private static readonly DateTimeOffset Made = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static byte[] Pack(string top, IEnumerable<EmbeddedFile> files)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        using (var tar = new TarWriter(gzip, TarEntryFormat.Ustar))
        {
            foreach (var file in files) Write(tar, top + file.Path, file);
        }

        return packed.ToArray();
    }

    private static void Write(TarWriter tar, string path, EmbeddedFile file)
    {
        using var content = new MemoryStream(file.Bytes);
        tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, path) { Mode = file.Mode, ModificationTime = Made, DataStream = content });
    }
}
