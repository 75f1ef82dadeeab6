using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace DssPipeline.Planes;

/// <summary>The answer of a script that Run Command ran: packed behind a mark, as the last thing in both streams.</summary>
/// <param name="ExitCode">The script's own; what Azure says of it speaks of the delivery.</param>
/// <param name="Length">How much there is from here on.</param>
/// <param name="Packed">How much of it is here.</param>
internal sealed partial record Delivery(int ExitCode, int Length, string Packed)
{
    /// <summary>Reads the last lines of both streams; null when the script did not come to its end.</summary>
    public static Delivery? In(string output, string error)
    {
        var first = Marked().Match(output);
        if (!first.Success) return null;

        var packed = first.Groups["packed"].Value + MarkedError().Match(error).Groups["packed"].Value;
        return new(int.Parse(first.Groups["code"].Value), int.Parse(first.Groups["length"].Value), packed);
    }

    /// <summary>What was packed; null when it is not whole.</summary>
    public static string? Unpack(string packed)
    {
        try
        {
            using var whole = new GZipStream(new MemoryStream(Convert.FromBase64String(packed)), CompressionMode.Decompress);
            using var reader = new StreamReader(whole, Encoding.UTF8);
            return reader.ReadToEnd();
        }
        catch (Exception failure) when (failure is FormatException or InvalidDataException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"@dss-pipeline (?<code>\d{1,3}) (?<length>\d{1,9}) (?<packed>[A-Za-z0-9+/=]*)\s*\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Marked();

    [GeneratedRegex(@"@dss-pipeline (?<packed>[A-Za-z0-9+/=]*)\s*\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MarkedError();
}
