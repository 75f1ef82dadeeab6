using System.Globalization;

namespace DssPipeline.Chapters;

/// <summary>An amount as Kubernetes writes it: <c>500m</c>, <c>4Gi</c>, <c>20</c>. It keeps one spelling of many, so amounts are compared and not texts.</summary>
public static class KubernetesQuantity
{
    private static readonly (string Unit, decimal Factor)[] Units =
    [
        ("Ki", 1024m), ("Mi", 1048576m), ("Gi", 1073741824m), ("Ti", 1099511627776m), ("Pi", 1125899906842624m), ("Ei", 1152921504606846976m),
        ("m", 0.001m), ("k", 1e3m), ("M", 1e6m), ("G", 1e9m), ("T", 1e12m), ("P", 1e15m), ("E", 1e18m),
    ];

    /// <summary>Null for what is no amount.</summary>
    public static decimal? Read(string text)
    {
        var (unit, factor) = Array.Find(Units, row => text.EndsWith(row.Unit, StringComparison.Ordinal));
        return decimal.TryParse(text[..^(unit?.Length ?? 0)], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number * (unit is null ? 1 : factor) : null;
    }
}
