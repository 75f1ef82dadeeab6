namespace DssPipeline.Sandbox;

/// <summary>What <c>ssh</c> of the sandbox program was given: a world, one of its machines, a command.</summary>
internal sealed record SshArguments
{
    private static readonly string[] Names = ["--state", "--machine"];

    public string StateFolder { get; init; } = ".sandbox";

    /// <summary>Null: the only one.</summary>
    public string? Machine { get; init; }

    public IReadOnlyList<string> Command { get; init; } = [];

    public string? Problem { get; init; }

    public static SshArguments Read(IReadOnlyList<string> arguments)
    {
        var read = new SshArguments();
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] == "--") return read with { Command = [.. arguments.Skip(i + 1)] };
            var parts = arguments[i].Split('=', 2);
            if (!Names.Contains(parts[0], StringComparer.Ordinal)) return read with { Problem = $"'{arguments[i]}' is no option of ssh; the options are {string.Join(", ", Names)}, and a command stands behind --." };
            if (parts.Length == 1 && ++i == arguments.Count) return read with { Problem = $"{parts[0]} wants a value." };
            var value = parts.Length == 2 ? parts[1] : arguments[i];
            read = parts[0] == "--state" ? read with { StateFolder = value } : read with { Machine = value };
        }

        return read;
    }
}
