using System.Globalization;

namespace DssPipeline.Sandbox;

/// <summary>The options of the sandbox program, with everything that is wrong with them.</summary>
internal sealed partial record CommandLine
{
    private static readonly string[] Names = ["--state", "--latency", "--faults", "--ports", "--seed", "--engine", "--dss-habits", "--help"];

    private static readonly Dictionary<string, MachineEngine> Engines = new(StringComparer.Ordinal) { ["stand-in"] = MachineEngine.StandIn, ["real"] = MachineEngine.Real };

    public required SandboxOptions Options { get; init; }

    public required IReadOnlyList<string> Problems { get; init; }

    public bool Help { get; init; }

    public static CommandLine Read(IReadOnlyList<string> arguments)
    {
        var problems = new List<string>();
        var options = new SandboxOptions { StateFolder = ".sandbox" };
        foreach (var (name, value) in Pairs(arguments, problems)) options = Option(options, name, value, problems);

        return new CommandLine { Options = options, Problems = problems, Help = arguments.Any(argument => argument is "--help" or "-h") };
    }

    private static IEnumerable<(string Name, string Value)> Pairs(IReadOnlyList<string> arguments, List<string> problems)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            var parts = arguments[i].Split('=', 2);
            if (!Names.Contains(parts[0], StringComparer.Ordinal)) problems.Add($"'{arguments[i]}' is no option; the options are {string.Join(", ", Names)}.");
            else if (parts.Length == 2) yield return (parts[0], parts[1]);
            else if (i + 1 < arguments.Count && !arguments[i + 1].StartsWith("--", StringComparison.Ordinal)) yield return (parts[0], arguments[++i]);
            else if (parts[0] != "--help") problems.Add($"{parts[0]} wants a value.");
        }
    }

    private static SandboxOptions Option(SandboxOptions options, string name, string value, List<string> problems)
    {
        switch (name)
        {
            case "--state":
                return options with { StateFolder = value };
            case "--latency":
                return options with { Latency = Latency(value, problems) };
            case "--faults":
                var script = FaultScript.Parse(value);
                problems.AddRange(script.Problems);
                return options with { Faults = [.. options.Faults, .. script.Rules] };
            case "--ports":
                return options with { Ports = Ports(value, problems) };
            case "--seed" when int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed):
                return options with { Seed = seed };
            case "--seed":
                problems.Add($"--seed wants a whole number, not '{value}'.");
                return options;
            case "--dss-habits":
                DssHabits.Parse(value, word => problems.Add($"--dss-habits: '{word}' is no habit of DSS; the habits are {string.Join(", ", DssHabits.Names)}."));
                return options with { DssHabits = value };
            case "--engine" when Engines.TryGetValue(value, out var engine):
                return options with { Engine = engine };
            case "--engine":
                problems.Add($"--engine takes {string.Join(" or ", Engines.Keys)}, not '{value}'.");
                return options;
            default:
                return options;
        }
    }

    private static Latency Latency(string text, List<string> problems)
    {
        try
        {
            return Sandbox.Latency.Parse(text);
        }
        catch (FormatException problem)
        {
            problems.Add($"--latency: {problem.Message}");
            return Sandbox.Latency.None;
        }
    }

    private static SandboxPorts Ports(string text, List<string> problems)
    {
        var ports = new SandboxPorts();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var known = part.Split('=') is [var name, var number]
                && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
                && port <= 65535
                    ? ports.With(name, port)
                    : null;
            if (known is null) problems.Add($"--ports: '{part}' is no port; write for example arm=8443,entra=8444. The endpoints are {SandboxPorts.Names}.");
            ports = known ?? ports;
        }

        return ports;
    }
}
