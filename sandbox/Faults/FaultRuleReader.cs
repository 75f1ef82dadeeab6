using System.Globalization;

namespace DssPipeline.Sandbox;

/// <summary>Reads one rule of a fault script: <c>KIND@METHOD PATH key=value …</c>.</summary>
internal static class FaultRuleReader
{
    private static readonly string[] Methods = ["GET", "HEAD", "PUT", "POST", "PATCH", "DELETE"];
    private static readonly string[] Events = ["BOOT", "RUN", "SSH", "COMMAND"];
    private static readonly string[] Keys = ["on", "code", "retry-after", "delay", "lifetime", "after", "skip", "times", "nth", "every", "p"];

    public static FaultRule? Read(string line, List<string> problems)
    {
        var before = problems.Count;
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var head = words[0].Split('@', 2);
        var rule = Kind(head[0], Report);
        if (head.Length == 2) rule = rule with { Methods = ReadMethods(head[1], rule.IsOfMachine, Report) };
        foreach (var word in words.Skip(1))
        {
            rule = word[0] is '/' or '*' ? rule with { Path = word } : Option(rule, word, Report);
        }

        if (rule.Kind == FaultKind.Slow && rule.Duration is null) Report("say how slow, for example delay=5s");
        return problems.Count == before ? rule : null;

        void Report(string problem) => problems.Add($"Fault '{line}': {problem}.");
    }

    private static FaultRule Kind(string text, Action<string> report)
    {
        if (FaultScript.Kinds.TryGetValue(text, out var kind)) return new FaultRule { Kind = kind };
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var status) || status is < 400 or > 599)
        {
            report($"'{text}' is no kind of fault; write a status from 400 to 599, or one of {string.Join(", ", FaultScript.Kinds.Keys)}");
        }

        return new FaultRule { Kind = FaultKind.Status, Status = status };
    }

    private static string[] ReadMethods(string text, bool ofMachine, Action<string> report)
    {
        if (text == "*") return [];
        var methods = text.ToUpperInvariant().Split(',');
        var known = ofMachine ? Events : Methods;
        foreach (var unknown in methods.Except(known, StringComparer.Ordinal))
        {
            report($"'{unknown}' is no {(ofMachine ? "event of a machine" : "method")}; write {string.Join(", ", known)} or * after the @");
        }

        return methods;
    }

    private static FaultRule Option(FaultRule rule, string word, Action<string> report)
    {
        var (key, value) = word.Split('=', 2) is [var name, var text] ? (name, text) : (word, "");
        var number = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read : (int?)null;
        var known = (key, number) switch
        {
            ("on", _) when Enum.TryParse<Endpoint>(value, ignoreCase: true, out var on) && Enum.IsDefined(on) => rule with { On = on },
            ("code", _) when value.Length > 0 => rule with { Code = value },
            ("retry-after", >= 0) => rule with { RetryAfter = number },
            ("delay", _) when (rule.Kind == FaultKind.Slow || rule.IsOfMachine) && Durations.TryParse(value, out var time) => rule with { Duration = time },
            ("lifetime", _) when rule.Kind == FaultKind.ShortToken && Durations.TryParse(value, out var time) => rule with { Duration = time },
            ("after", >= 1) when rule.Kind == FaultKind.CutSsh => rule with { After = number },
            ("skip", >= 0) => rule with { Skip = number.Value },
            ("times", >= 1) => rule with { Times = number },
            ("nth", >= 1) => rule with { Skip = number.Value - 1, Times = 1 },
            ("every", >= 1) => rule with { Every = number.Value },
            ("p", _) when Probability(value) is { } chance => rule with { Probability = chance },
            _ => null,
        };
        if (known is null) report(Array.IndexOf(Keys, key) < 0 ? Unknown(word) : $"'{word}' cannot be read here; {Meaning(key)}");
        return known ?? rule;
    }

    private static double? Probability(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var chance) && chance is > 0 and <= 1 ? chance : null;

    private static string Unknown(string word) =>
        $"'{word}' is no option; a path starts with / or *, and the options are {string.Join(", ", Keys.Select(key => key + "="))}";

    private static string Meaning(string key) => key switch
    {
        "on" => $"on= names an endpoint: {string.Join(", ", Enum.GetNames<Endpoint>()).ToLowerInvariant()}",
        "code" => "code= wants the error code to answer with",
        "retry-after" => "retry-after= wants whole seconds",
        "after" => "after= belongs to cut-ssh and wants a number of bytes from 1",
        "delay" => "delay= belongs to slow and faults of the machine, and wants a time such as 250ms or 5s",
        "lifetime" => "lifetime= belongs to short-token and wants a time such as 20s",
        "skip" => "skip= wants a whole number",
        "p" => "p= wants a probability above 0 and up to 1",
        _ => $"{key}= wants a whole number from 1",
    };
}
