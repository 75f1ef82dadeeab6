using System.Globalization;

namespace DssPipeline.Sandbox;

/// <summary>The bad habits of a DSS, as words parted by commas; none is the real one's.</summary>
internal sealed record DssHabits
{
    private static readonly Dictionary<string, Func<DssHabits, DssHabits>> Words = new(StringComparer.Ordinal)
    {
        ["drop-unknown"] = habits => habits with { KeepsUnknown = false },
        ["keep-unknown"] = habits => habits with { KeepsUnknown = true },
        ["encrypt-secrets"] = habits => habits with { Secrets = DssSecretForm.Encrypted },
        ["redact-secrets"] = habits => habits with { Secrets = DssSecretForm.Redacted },
        ["empty-secrets"] = habits => habits with { Secrets = DssSecretForm.Empty },
        ["absent-secrets"] = habits => habits with { Secrets = DssSecretForm.Absent },
        ["500-for-missing"] = habits => habits with { MissingStatus = 500 },
        ["404-for-missing"] = habits => habits with { MissingStatus = 404 },
        ["inline-futures"] = habits => habits with { InlineFutures = true },
        ["polled-futures"] = habits => habits with { InlineFutures = false },
        ["failures-as-status"] = habits => habits with { Failures = DssFailureForm.Status },
        ["failures-as-messages"] = habits => habits with { Failures = DssFailureForm.Messages },
        ["failures-as-result"] = habits => habits with { Failures = DssFailureForm.Result },
        ["string-state"] = habits => habits with { ObjectState = false },
        ["object-state"] = habits => habits with { ObjectState = true },
        ["opaque-types"] = habits => habits with { OpaqueTypes = true },
        ["no-store"] = habits => habits with { NoStore = true },
        ["code-env-fails"] = habits => habits with { CodeEnvFails = true },
        ["other-ids"] = habits => habits with { OtherIds = true },
        ["known-types"] = habits => habits with { OpaqueTypes = false },
    };

    /// <summary>Keeps fields it does not know, in place of dropping them silently.</summary>
    public bool KeepsUnknown { get; init; }

    public DssSecretForm Secrets { get; init; }

    /// <summary>The status of what is not there; null leaves it to each kind of object, as the real one does.</summary>
    public int? MissingStatus { get; init; }

    /// <summary>Long tasks answer with their result at once.</summary>
    public bool InlineFutures { get; init; }

    public DssFailureForm Failures { get; init; }

    /// <summary>The list of clusters tells the state as an object.</summary>
    public bool ObjectState { get; init; }

    /// <summary>The types of parameter sets cannot be guessed.</summary>
    public bool OpaqueTypes { get; init; }

    /// <summary>A cluster gets an id that is not its name.</summary>
    public bool OtherIds { get; init; }

    /// <summary>The plugin store cannot be reached.</summary>
    public bool NoStore { get; init; }

    /// <summary>The packages of a code environment cannot be had.</summary>
    public bool CodeEnvFails { get; init; }

    /// <summary>How long a cluster takes to start besides what it waits for Azure.</summary>
    public TimeSpan StartTime { get; init; }

    /// <summary>How long a gateway in front of DSS waits for a cluster to start or stop before it answers 502; null waits for ever.</summary>
    public TimeSpan? GatewayTime { get; init; }

    /// <summary>How often a long task is looked at before it is done.</summary>
    public int Looks { get; init; } = 1;

    public static IReadOnlyCollection<string> Names => [.. Words.Keys, "start-time=", "gateway-time=", "looks="];

    /// <summary>Reads the words; each that is none is told.</summary>
    public static DssHabits Parse(string text, Action<string> unknown)
    {
        var habits = new DssHabits();
        foreach (var word in text.Split([',', ' ', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (Words.TryGetValue(word, out var turn)) habits = turn(habits);
            else if (word.Split('=') is ["start-time", var time] && Durations.TryParse(time, out var took)) habits = habits with { StartTime = took };
            else if (word.Split('=') is ["gateway-time", var patience] && Durations.TryParse(patience, out var waited)) habits = habits with { GatewayTime = waited };
            else if (word.Split('=') is ["looks", var number] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var looks)) habits = habits with { Looks = looks };
            else unknown(word);
        }

        return habits;
    }
}

/// <summary>How a secret comes back.</summary>
internal enum DssSecretForm
{
    Encrypted,
    Redacted,
    Empty,
    Absent,
}

/// <summary>How a long task says that it failed; each kind of task has its own way unless told.</summary>
internal enum DssFailureForm
{
    Own,
    Status,
    Messages,
    Result,
}
