namespace DssPipeline.Convergence;

/// <summary>How a time is told: as exact as a reader cares, in the units of the docs.</summary>
public static class Duration
{
    public static string Text(TimeSpan time) => time switch
    {
        { TotalSeconds: < 0.9995 } => $"{time.TotalMilliseconds:0} ms",
        { TotalSeconds: < 9.95 } => $"{time.TotalSeconds:0.0} s",
        { TotalSeconds: < 59.5 } => $"{time.TotalSeconds:0} s",
        { TotalSeconds: < 3599.5 } => WithRest((int)Math.Round(time.TotalSeconds), "min", "s"),
        _ => WithRest((int)Math.Round(time.TotalMinutes), "h", "min"),
    };

    private static string WithRest(int parts, string whole, string rest) =>
        parts % 60 == 0 ? $"{parts / 60} {whole}" : $"{parts / 60} {whole} {parts % 60} {rest}";
}
