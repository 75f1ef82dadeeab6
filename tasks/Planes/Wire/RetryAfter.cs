using System.Globalization;

namespace DssPipeline.Planes;

/// <summary>Reads the Retry-After header, which is either seconds or a date.</summary>
public static class RetryAfter
{
    /// <summary>The time to wait, never negative; null when the header is absent or unreadable.</summary>
    public static TimeSpan? Parse(string? header, TimeProvider clock)
    {
        if (double.TryParse(header, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)) return TimeSpan.FromSeconds(Math.Min(seconds, 86400));
        if (!DateTimeOffset.TryParse(header, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)) return null;

        var wait = date - clock.GetUtcNow();
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }
}
