using System.IO.Enumeration;

namespace DssPipeline.Sandbox;

/// <summary>One line of a fault script: which requests it meets, which of those it hits, and what happens then.</summary>
public sealed record FaultRule
{
    public required FaultKind Kind { get; init; }

    /// <summary>HTTP methods, empty for all.</summary>
    public IReadOnlyList<string> Methods { get; init; } = [];

    /// <summary>The path, without regard to case; <c>*</c> stands for any characters.</summary>
    public string Path { get; init; } = "*";

    /// <summary>The only endpoint it meets; null for all that its kind makes sense for.</summary>
    public Endpoint? On { get; init; }

    public int Status { get; init; }

    /// <summary>The error code of the answer or of the failed operation; null for the usual one.</summary>
    public string? Code { get; init; }

    /// <summary>Seconds told in Retry-After; null sends none.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>How late a slow answer is, how long a short token lives, or how long after its event a fault of the machine comes.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>How many bytes pass before an ssh connection breaks.</summary>
    public int? After { get; init; }

    /// <summary>Let this many matches pass first.</summary>
    public int Skip { get; init; }

    /// <summary>Hit at most this many matches; null for all.</summary>
    public int? Times { get; init; }

    /// <summary>Hit each n-th match.</summary>
    public int Every { get; init; } = 1;

    public double Probability { get; init; } = 1;

    /// <summary>The rule in the words of the fault script.</summary>
    public override string ToString() => FaultScript.Write(this);

    /// <summary>Whether the request is answered by the fault and by no later rule.</summary>
    internal bool Answers => Kind is not (FaultKind.Slow or FaultKind.ShortToken) && !IsOfMachine;

    /// <summary>Whether it meets what happens at a machine, and no request.</summary>
    internal bool IsOfMachine => Kind >= FaultKind.Reboot;

    internal bool Matches(Endpoint endpoint, string method, string path) =>
        !IsOfMachine
        && (On is null ? Concerns(endpoint) : On == endpoint)
        && (Methods.Count == 0 || Methods.Contains(method, StringComparer.OrdinalIgnoreCase))
        && (Kind != FaultKind.Stale || method == "GET")
        && FileSystemName.MatchesSimpleExpression(Path, path);

    /// <summary>Without an event it meets each Run Command and each ssh connection.</summary>
    internal bool MatchesEvent(string happening, string path) =>
        IsOfMachine && (Methods.Count == 0 ? happening is "RUN" or "SSH" : Methods.Contains(happening, StringComparer.OrdinalIgnoreCase)) && FileSystemName.MatchesSimpleExpression(Path, path);

    // DSS is met only by rules that name it: what goes wrong in Azure is no fault of it.
    private bool Concerns(Endpoint endpoint) => endpoint != Endpoint.Dss && Kind switch
    {
        FaultKind.FailOperation => endpoint == Endpoint.Arm,
        FaultKind.ShortToken => endpoint is Endpoint.Entra or Endpoint.Imds or Endpoint.Oidc or Endpoint.Registry,
        FaultKind.RoleDelay => endpoint is Endpoint.KeyVault or Endpoint.Blob or Endpoint.Registry,
        _ => true,
    };
}
