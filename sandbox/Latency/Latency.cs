using System.Globalization;

namespace DssPipeline.Sandbox;

/// <summary>How long the sandbox takes: not at all, a fixed time per request, or Azure's own times divided.</summary>
public sealed record Latency
{
    private readonly TimeSpan _request;
    private readonly double _divisor;

    private Latency(TimeSpan request, double divisor) => (_request, _divisor) = (request, divisor);

    public static Latency None { get; } = new(TimeSpan.Zero, 0);

    public static Latency Fixed(TimeSpan request) => new(request, 0);

    /// <summary>The measured durations of Azure, <paramref name="divisor"/> times as fast.</summary>
    public static Latency Real(double divisor = 1) => new(TimeSpan.Zero, divisor);

    /// <summary>Reads <c>none</c>, <c>100ms</c>, <c>2s</c>, <c>real</c> or <c>real/60</c>.</summary>
    public static Latency Parse(string text)
    {
        if (text == "none") return None;
        if (text == "real") return Real();
        if (Durations.TryParse(text, out var request)) return Fixed(request);
        if (text.StartsWith("real/", StringComparison.Ordinal) && double.TryParse(text.AsSpan(5), NumberStyles.Float, CultureInfo.InvariantCulture, out var divisor)
            && divisor is > 0 and < 1e9) return Real(divisor);

        throw new FormatException($"'{text}' is no latency. Write none, a time per request such as 100ms or 2s, real, or real/60.");
    }

    /// <summary>How long one request takes before it is served.</summary>
    public TimeSpan Of(Endpoint endpoint, string method, string path) =>
        _divisor == 0 ? _request : AzureTimes.Request(endpoint, method, path) / _divisor;

    /// <summary>Factor on the durations that Azure's own operations take; zero ends them at once.</summary>
    public double OperationScale => _divisor == 0 ? 0 : 1 / _divisor;

    public override string ToString() => (_divisor, _request) switch
    {
        (0, { Ticks: 0 }) => "none",
        (0, _) => Durations.Write(_request),
        (1, _) => "real",
        _ => string.Create(CultureInfo.InvariantCulture, $"real/{_divisor}"),
    };
}
