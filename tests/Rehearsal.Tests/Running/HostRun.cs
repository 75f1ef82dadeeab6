namespace DssPipeline.Rehearsal.Tests;

/// <summary>What a run of the program came to.</summary>
public sealed record HostRun(int ExitCode, string Output, string Errors)
{
    /// <summary>Everything it said, for a test that fails.</summary>
    public string Said => $"exit {ExitCode}\n{Output}\n{Errors}";

    /// <summary>The lines of standard output that are not empty.</summary>
    public IReadOnlyList<string> Lines => [.. Output.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0)];

    public HostRun Ends(int code)
    {
        Assert.True(ExitCode == code, $"Expected exit {code}.\n{Said}");
        return this;
    }

    public HostRun Says(string text)
    {
        Assert.True(Output.Contains(text, StringComparison.Ordinal), $"Standard output lacks: {text}\n{Said}");
        return this;
    }

    /// <summary>Standard error has the text, however its lines are broken.</summary>
    public HostRun Complains(string text)
    {
        Assert.True(Flat(Errors).Contains(Flat(text), StringComparison.Ordinal), $"Standard error lacks: {text}\n{Said}");
        return this;
    }

    private static string Flat(string text) => string.Join(' ', text.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries));
}
