using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>What a secret that DSS keeps is recognised by, as DSS shows none.</summary>
public sealed partial class Dss
{
    /// <summary>A fingerprint that tells nobody anything who does not have the administrator's key: it may be kept where all users of DSS can read it.</summary>
    /// <param name="purpose">What the secret is for, so that one secret used twice has two fingerprints.</param>
    public async Task<string> FingerprintAsync(Secret secret, string purpose, CancellationToken cancel)
    {
        var key = await options.Key(cancel) ?? throw problems.Tell(new RemoteError(0, "NoKey", "There is no key."), "DSS");
        return options.Redactor.Add(secret).Fingerprint($"{key.Reveal()}\n{purpose}");
    }

    /// <summary>Plain text, such as a log; null when there is none.</summary>
    public async Task<string?> TextAsync(string path, CancellationToken cancel)
    {
        var request = DssRequest.Get(path);
        var answer = await SendAsync(request, cancel);
        if (DssError.MeansAbsent(answer)) return null;

        // A line of a log may begin like JSON and never end like it.
        return answer.IsGood ? answer.Text : throw problems.Tell(answer, request);
    }
}
