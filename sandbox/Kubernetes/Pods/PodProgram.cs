using System.Globalization;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>What the command of a container would say and how it would end, worked out without running anything: echo, true, false, exit, sleep, env, prints of python, and nc that tries a port.</summary>
internal sealed class PodProgram
{
    // A program that waits for work, such as a server, does not end by itself.
    private static readonly string[] Endless = ["pause", "sleep infinity", "tail -f /dev/null"];

    private readonly Dictionary<string, string> environment;
    private readonly PodNetwork network;
    private readonly List<(TimeSpan At, string Text)> output = [];
    private TimeSpan now;

    private PodProgram(Dictionary<string, string> environment, PodNetwork network) => (this.environment, this.network) = (environment, network);

    public static ProgramRun Of(JsonObject pod, JsonObject container, RegistryImage? image, PodNetwork network)
    {
        var command = Words(container["command"]) is { Count: > 0 } given ? [.. given, .. Words(container["args"])] : Words(container["args"]) is { Count: > 0 } arguments ? [.. image?.Entrypoint ?? [], .. arguments] : (image?.Entrypoint ?? []).Concat(image?.Command ?? []).ToList();
        if (command.Count == 0 || Endless.Contains(string.Join(' ', command).TrimStart('/'), StringComparer.Ordinal)) return new([], 0, Takes: null);

        var program = new PodProgram(Environment(pod, container, image), network);
        var code = program.Run(command, isFirst: true);
        return code == NotFound
            ? new([], 128, TimeSpan.Zero) { Reason = "StartError", Message = $"failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: \"{command[0]}\": executable file not found in $PATH (the sandbox's nodes know echo, true, false, exit, sleep, env, nc, sh -c and python -c)" }
            : new(program.output, code, program.now);
    }

    private const int NotFound = -1;

    private int Run(IReadOnlyList<string> words, bool isFirst)
    {
        var arguments = words.Skip(1).ToList();
        switch (words[0].Split('/')[^1])
        {
            case "true" or ":" or "set" or "cd" or "export":
                return 0;
            case "false":
                return 1;
            case "echo":
                Say(string.Join(' ', arguments.SkipWhile(word => word is "-n" or "-e")) + (arguments is ["-n", ..] ? "" : "\n"));
                return 0;
            case "env" or "printenv" when arguments.Count == 0:
                foreach (var (name, value) in environment.OrderBy(entry => entry.Key, StringComparer.Ordinal)) Say($"{name}={value}\n");
                return 0;
            case "exit" when !isFirst:
                return arguments is [var code] && int.TryParse(code, out var number) ? number & 255 : 0;
            case "sleep" when arguments is [var time] && double.TryParse(time.TrimEnd('s'), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds):
                now += TimeSpan.FromSeconds(seconds);
                return 0;
            case "nc" when arguments.Where(word => !word.StartsWith('-')).ToList() is [var host, var port, ..] && int.TryParse(port, out var listening):
                if (network.Refusal(host, listening) is { } refusal)
                {
                    Say($"nc: {refusal}\n");
                    return 1;
                }

                Say($"{host} ({host}:{port}) open\n");
                return 0;
            case "sh" or "bash" or "dash" when arguments.FindIndex(word => word.StartsWith('-') && word.EndsWith('c')) is >= 0 and var at && at + 1 < arguments.Count:
                return new ShellScript(arguments[at + 1], environment).Run(line => Run(line, isFirst: false), text => Say(text));
            case "python" or "python3" when arguments.IndexOf("-c") is >= 0 and var at && at + 1 < arguments.Count:
                return new PythonScript(arguments[at + 1]).Run(Say);
            default:
                if (isFirst) return NotFound;
                Say($"sh: 1: {words[0]}: not found\n");
                return 127;
        }
    }

    private void Say(string text) => output.Add((now, text));

    private static Dictionary<string, string> Environment(JsonObject pod, JsonObject container, RegistryImage? image)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", ["HOSTNAME"] = Metadata.Name(pod), ["KUBERNETES_SERVICE_HOST"] = "10.0.0.1", ["KUBERNETES_SERVICE_PORT"] = "443" };
        foreach (var (name, value) in image?.Environment ?? new Dictionary<string, string>(StringComparer.Ordinal)) all[name] = value;
        foreach (var entry in Dotted.Items(container, "env")) all[$"{entry["name"]}"] = $"{entry["value"]}";
        return all;
    }

    private static List<string> Words(JsonNode? list) => [.. (list as JsonArray ?? []).Select(word => $"{word}")];
}

/// <summary>What a program says and when, how it ends, and how long it takes; null when it does not end.</summary>
internal sealed record ProgramRun(IReadOnlyList<(TimeSpan At, string Text)> Output, int ExitCode, TimeSpan? Takes)
{
    public string? Reason { get; init; }

    public string? Message { get; init; }
}
