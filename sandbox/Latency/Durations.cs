using System.Globalization;

namespace DssPipeline.Sandbox;

/// <summary>Times as people type them: <c>250ms</c>, <c>20s</c>, <c>5m</c>.</summary>
internal static class Durations
{
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        var digits = text.AsSpan().TrimEnd("abcdefghijklmnopqrstuvwxyz");
        if (!double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return false;

        var unit = text[digits.Length..] switch { "ms" => 0.001, "s" => 1, "m" => 60, _ => 0 };
        if (unit == 0 || number * unit > TimeSpan.FromDays(1).TotalSeconds) return false;

        duration = TimeSpan.FromSeconds(number * unit);
        return true;
    }

    public static string Write(TimeSpan duration) => duration.TotalMilliseconds % 1000 == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds}s")
        : string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds}ms");
}
