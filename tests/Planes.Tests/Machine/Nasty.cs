using System.Text;

namespace DssPipeline.Planes.Tests;

/// <summary>Values that mean something to a shell, to printf, to JSON or to a terminal. Each of them would leave a file behind when any of it ran.</summary>
internal static class Nasty
{
    /// <summary>The file that would be there if any value had been run.</summary>
    public static string Trap { get; } = Path.Combine(Path.GetTempPath(), $"nasty-{Guid.NewGuid():n}");

    private static readonly string[] Pieces =
    [
        "'", "\"", "`", "$(", ")", "${", "}", "\\", "\\n", "\\x41", "\\c", "%s", "%n", "\n", "\r", "\t", "\a", "\x1b[31m", "\x7f", " ", "  ", "-", "--", "-rf", "/", "..", "*", "?", "~",
        "!", "!!", "#", ";", "&", "&&", "|", "<", ">", ">>", "<<E", "\nend\n", "\njob 9 look echo\n", "\nvalue item x\n", "é", "ß", "日本", "🚀", "\u202e", "\ufeff", "e\u0301", "\u0085", "$IFS", "$0", "\0x",
        $"$(touch {Trap})", $"`touch {Trap}`", $"'; touch {Trap}; '", $"\"; touch {Trap}; \"", $"\ntouch {Trap}\n", $"${{x[$(touch {Trap})]}}", $"a[$(touch {Trap})]",
    ];

    /// <summary>The same values on every run.</summary>
    public static IReadOnlyList<string> Values(int count)
    {
        var random = new Random(20261122);
        return [.. Enumerable.Range(0, count).Select(_ => Value(random))];
    }

    private static string Value(Random random)
    {
        var text = new StringBuilder();
        for (var pieces = random.Next(0, 7); pieces >= 0; pieces--) text.Append(Pieces[random.Next(Pieces.Length)]);
        return text.Replace("\0", "").ToString();
    }
}
