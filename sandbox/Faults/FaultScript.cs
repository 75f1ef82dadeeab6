using System.Globalization;
using System.Text;

namespace DssPipeline.Sandbox;

/// <summary>Faults as text: <c>429@PUT *storageAccounts* times=2 retry-after=0; drop-after@PUT *managedClusters*</c>.</summary>
public sealed record FaultScript(IReadOnlyList<FaultRule> Rules, IReadOnlyList<string> Problems)
{
    /// <summary>The kinds by the name they have in a script; a status stands for itself.</summary>
    public static IReadOnlyDictionary<string, FaultKind> Kinds { get; } = new Dictionary<string, FaultKind>(StringComparer.Ordinal)
    {
        ["drop-before"] = FaultKind.DropBefore,
        ["drop-after"] = FaultKind.DropAfter,
        ["slow"] = FaultKind.Slow,
        ["stale"] = FaultKind.Stale,
        ["fail-operation"] = FaultKind.FailOperation,
        ["short-token"] = FaultKind.ShortToken,
        ["role-delay"] = FaultKind.RoleDelay,
        ["cut"] = FaultKind.Cut,
        ["reboot"] = FaultKind.Reboot,
        ["disk-full"] = FaultKind.DiskFull,
        ["disk-free"] = FaultKind.DiskFree,
        ["dead-ssh"] = FaultKind.DeadSsh,
        ["cut-ssh"] = FaultKind.CutSsh,
        ["kill-dnf"] = FaultKind.KillDnf,
        ["dnf-locked"] = FaultKind.DnfLocked,
        ["slow-dnf"] = FaultKind.SlowDnf,
        ["dss-never-up"] = FaultKind.DssNeverUp,
        ["crash"] = FaultKind.Crash,
    };

    /// <summary>Reads every rule and keeps every problem; rules are parted by <c>;</c> or a new line.</summary>
    public static FaultScript Parse(string text)
    {
        var problems = new List<string>();
        var rules = new List<FaultRule>();
        foreach (var line in text.Split([';', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (FaultRuleReader.Read(line, problems) is { } rule) rules.Add(rule);
        }

        return new FaultScript(rules, problems);
    }

    public IReadOnlyList<FaultRule> OrThrow() =>
        Problems.Count == 0 ? Rules : throw new FormatException(string.Join(Environment.NewLine, Problems));

    internal static string Write(FaultRule rule)
    {
        var text = new StringBuilder(rule.Kind == FaultKind.Status ? rule.Status.ToString(CultureInfo.InvariantCulture) : Name(rule.Kind));
        text.Append(CultureInfo.InvariantCulture, $"@{(rule.Methods.Count == 0 ? "*" : string.Join(',', rule.Methods))} {rule.Path}");
        if (rule.On is { } on) text.Append(CultureInfo.InvariantCulture, $" on={on.ToString().ToLowerInvariant()}");
        if (rule.Code is not null) text.Append(CultureInfo.InvariantCulture, $" code={rule.Code}");
        if (rule.RetryAfter is { } seconds) text.Append(CultureInfo.InvariantCulture, $" retry-after={seconds}");
        if (rule.Duration is { } time) text.Append(CultureInfo.InvariantCulture, $" {(rule.Kind == FaultKind.ShortToken ? "lifetime" : "delay")}={Durations.Write(time)}");
        if (rule.After is { } bytes) text.Append(CultureInfo.InvariantCulture, $" after={bytes}");
        if (rule.Skip > 0) text.Append(CultureInfo.InvariantCulture, $" skip={rule.Skip}");
        if (rule.Times is { } times) text.Append(CultureInfo.InvariantCulture, $" times={times}");
        if (rule.Every > 1) text.Append(CultureInfo.InvariantCulture, $" every={rule.Every}");
        if (rule.Probability < 1) text.Append(CultureInfo.InvariantCulture, $" p={rule.Probability}");
        return text.ToString();
    }

    private static string Name(FaultKind kind) => Kinds.First(pair => pair.Value == kind).Key;
}
