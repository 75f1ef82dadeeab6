using System.Globalization;
using System.Text.RegularExpressions;

namespace DssPipeline.Sandbox;

/// <summary>An amount as Kubernetes writes it: <c>500m</c>, <c>4Gi</c>, <c>20</c>.</summary>
internal static partial class Quantity
{
    private static readonly (string Unit, decimal Factor)[] Binary = [("Ei", 1152921504606846976m), ("Pi", 1125899906842624m), ("Ti", 1099511627776m), ("Gi", 1073741824m), ("Mi", 1048576m), ("Ki", 1024m)];
    private static readonly (string Unit, decimal Factor)[] Decimal = [("E", 1e18m), ("P", 1e15m), ("T", 1e12m), ("G", 1e9m), ("M", 1e6m), ("k", 1e3m), ("", 1m), ("m", 0.001m)];

    public static decimal? Read(string? text)
    {
        if (Form().Match(text ?? "") is not { Success: true } match) return null;

        var unit = match.Groups["unit"].Value;
        var factor = Binary.Concat(Decimal).First(row => row.Unit == unit).Factor;
        return decimal.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture) * factor;
    }

    /// <summary>The spelling in which the server keeps it: the largest unit that leaves a whole number.</summary>
    public static string Canonical(string text)
    {
        if (Read(text) is not { } amount) return text;

        var units = text.EndsWith('i') && amount >= 1024 ? Binary.Append((Unit: "", Factor: 1m)) : Decimal;
        var (unit, factor) = units.FirstOrDefault(row => amount % row.Factor == 0 && amount != 0, (Unit: "", Factor: 1m));
        return $"{(amount / factor).ToString("0.############", CultureInfo.InvariantCulture)}{unit}";
    }

    public static string Write(decimal amount) => amount % 1 == 0 ? amount.ToString("0", CultureInfo.InvariantCulture) : $"{(amount * 1000).ToString("0", CultureInfo.InvariantCulture)}m";

    [GeneratedRegex(@"^(?<number>\d+(\.\d+)?)(?<unit>[EPTGMK]i|[EPTGMkm]|)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();
}
