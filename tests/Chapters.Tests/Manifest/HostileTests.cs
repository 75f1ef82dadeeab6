using System.Text;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters.Tests;

/// <summary>Whatever the file holds, the answer is a clear problem, soon and cheaply. Runs alone, because it measures.</summary>
[Collection(nameof(Alone))]
public sealed class HostileTests : IDisposable
{
    // The rows are handed on by name: what runs the tests would carry megabytes about otherwise, which takes it a minute.
    private static readonly Dictionary<string, (byte[] Bytes, string Expected)> Files = new(StringComparer.Ordinal)
    {
        ["ten megabytes"] = (Encoding.UTF8.GetBytes(new string('a', 10 << 20)), "Manifest too large"),
        ["UTF-16"] = (Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Sample.Text)).ToArray(), "1:1: Manifest is not UTF-8 text"),
        ["UTF-16, the other way round"] = (Encoding.BigEndianUnicode.GetPreamble().Concat(Encoding.BigEndianUnicode.GetBytes(Sample.Text)).ToArray(), "1:1: Manifest is not UTF-8 text"),
        ["UTF-16 without a mark"] = (Encoding.Unicode.GetBytes(Sample.Text), "1:2: Manifest is not UTF-8 text"),
        ["Latin-1"] = (Encoding.Latin1.GetBytes("name: demo\ntags: Müller\n"), "2:8: Manifest is not UTF-8 text"),
        ["a NUL"] = (Encoding.UTF8.GetBytes("name: demo\nvm\0: {}\n"), "2:3: Manifest is not UTF-8 text"),
        ["nothing"] = ([], "1:1: Wrong type"),
        ["an ELF header"] = ([0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0], "Manifest is not UTF-8 text"),
        ["a bell"] = (Encoding.UTF8.GetBytes("name: demo\u0007\n"), ""),
        ["only a mark"] = ([0xEF, 0xBB, 0xBF], "1:1: Wrong type"),
    };

    private static readonly Dictionary<string, (string Text, string Expected)> Texts = new(StringComparer.Ordinal)
    {
        ["deep lists"] = (new string('[', 100_000), "nested more than 32 deep"),
        ["deep maps"] = (string.Concat(Enumerable.Repeat("{a: ", 60_000)), "nested more than 32 deep"),
        ["deep blocks"] = (string.Concat(Enumerable.Range(0, 600).Select(depth => $"{new string(' ', depth)}a:\n")), "nested more than 32 deep"),
        ["deep dashes"] = (string.Concat(Enumerable.Repeat("- ", 100_000)), "nested more than 32 deep"),
        ["deep complex keys"] = (string.Concat(Enumerable.Repeat("? ", 100_000)), ""),
        ["many items"] = ("a: [" + string.Concat(Enumerable.Repeat("1,", 100_000)) + "]", "more than 20000 values"),
        ["many keys"] = (string.Concat(Enumerable.Range(0, 25_000).Select(number => $"k{number}: 1\n")), "more than 20000 values"),
        ["many unknown keys"] = (string.Concat(Enumerable.Range(0, 9_000).Select(number => $"k{number}: 1\n")), "Unknown key"),
        ["the same key over and over"] = (string.Concat(Enumerable.Repeat("name: demo\n", 9_000)), "Duplicate key"),
        ["one long key"] = (new string('k', 200_000) + ": 1\n", ""),
        ["one long text"] = ("name: \"" + new string('x', 200_000) + "\"\n", "It must be 3 to 20"),
        ["one long block"] = ("name: |\n" + string.Concat(Enumerable.Repeat("  x\n", 60_000)), "It must be 3 to 20"),
        ["billions of laughs"] = ("a: &a [x,x,x,x,x,x,x,x,x]\n" + string.Concat(Enumerable.Range(1, 20).Select(level => $"a{level}: &a{level} [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n")), "sets an anchor"),
        ["an alias of nothing"] = ("a: *b\n", "repeats a value"),
        ["an alias as a key"] = ("*a : b\n", "repeats a value"),
        ["an object"] = ("!!python/object/apply:os.system ['true']\n", "is a tag"),
        ["many documents"] = (string.Concat(Enumerable.Repeat("---\nname: demo\n", 10_000)), "second document"),
        ["a map as a key"] = ("{a: b}: c\n", "A key must be a text"),
        ["sources without an end"] = ("name: \"" + string.Concat(Enumerable.Repeat("${", 60_000)) + "\"\n", "Unknown ${…} form"),
        ["many sources"] = ("name: \"" + string.Concat(Enumerable.Repeat("${env:KEY}", 20_000)) + "\"\n", "It must be 3 to 20"),
        ["a backslash at the end"] = ("name: \"\\", "YAML not understood"),
        ["a bad escape"] = ("name: \"\\q\"\n", "YAML not understood"),
        ["half a surrogate"] = ("name: \"\\uD800\"\n", ""),
        ["a percent line"] = ("%YAML 9.9\n---\nname: demo\n", ""),
        ["a comment without an end"] = ("#" + new string('#', 200_000), "Wrong type"),
        ["blanks"] = (new string(' ', 200_000), "Wrong type"),
        ["line ends"] = (new string('\n', 200_000), "Wrong type"),
        ["colons"] = (new string(':', 200_000), ""),
        ["quotes"] = (new string('\'', 200_000), ""),
        ["question marks"] = (string.Concat(Enumerable.Repeat("?\n", 100_000)), ""),
        ["long words in lists"] = ("network: { allowedSources: [" + string.Join(',', Enumerable.Repeat(new string('1', 100), 2_000)) + "] }", "Wrong type"),
    };

    private readonly string folder = Directory.CreateTempSubdirectory("hostile").FullName;

    public static TheoryData<string> FileNames => [.. Files.Keys];

    public static TheoryData<string> TextNames => [.. Texts.Keys];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(FileNames))]
    public void A_hostile_file_is_told_soon_and_cheaply(string what)
    {
        var (bytes, expected) = Files[what];
        var path = Path.Join(folder, "hostile.yml");
        File.WriteAllBytes(path, bytes);

        var told = Told(() => ManifestReader.Read(path, Sample.Options));

        Assert.True(told.Contains(expected, StringComparison.Ordinal), $"{what}: {told}");
    }

    [Theory]
    [MemberData(nameof(TextNames))]
    public void A_hostile_text_is_told_soon_and_cheaply(string what)
    {
        var (text, expected) = Texts[what];

        var told = Told(() => ManifestReader.ReadText(text, "hostile.yml", Sample.Options));

        Assert.True(told.Contains(expected, StringComparison.Ordinal), $"{what}: {told[..Math.Min(told.Length, 500)]}");
    }

    [Fact]
    public void A_mark_at_the_start_of_UTF_8_is_no_harm()
    {
        var path = Path.Join(folder, "marked.yml");
        File.WriteAllBytes(path, [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Sample.Text)]);

        var manifest = ManifestReader.Read(path, Sample.Options);

        Assert.Equal("demo", manifest.Name);
    }

    [Fact]
    public void Line_ends_of_Windows_are_no_harm()
    {
        var text = Sample.Text.ReplaceLineEndings("\r\n");

        var manifest = ManifestReader.ReadText(text, "demo.yml", Sample.Options);

        Assert.Equal(11, manifest.Places.Of("/dss/version")!.Line);
    }

    [Fact]
    public void A_file_that_is_not_there_is_told()
    {
        var told = Told(() => ManifestReader.Read(Path.Join(folder, "none.yml"), Sample.Options));

        Assert.Contains("Manifest not found", told, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_is_no_manifest()
    {
        var told = Told(() => ManifestReader.Read(folder, Sample.Options));

        Assert.Contains("Manifest not found", told, StringComparison.Ordinal);
    }

    /// <summary>What is told, if it takes less than a second of processor time and 128 MB.</summary>
    private static string Told(Func<Manifest> read)
    {
        var (memory, time) = (GC.GetAllocatedBytesForCurrentThread(), Environment.CpuUsage.TotalTime);

        var error = Assert.Throws<ProblemException>(read);

        Assert.InRange(Environment.CpuUsage.TotalTime - time, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - memory, 0, 128L << 20);
        return error.Message;
    }
}

/// <summary>Tests that no other test runs beside.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
