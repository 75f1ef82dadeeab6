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

    /// <summary>Plain text by its own path, such as a log; null when it is not there.</summary>
    public async Task<string?> TextAsync(string path, CancellationToken cancel)
    {
        var request = DssRequest.Get(path);
        var answer = await SendAsync(request, cancel);
        return DssAbsence.IsToldBy(answer, path) ? null : TextOf(answer, request);
    }

    /// <summary>The text that answers a question, such as the result of a run; something missing is a failure of it like any other.</summary>
    public async Task<string> AnswerTextAsync(string path, CancellationToken cancel)
    {
        var request = DssRequest.Get(path);
        return TextOf(await SendAsync(request, cancel), request);
    }

    // A line of a log may begin like JSON and never end like it.
    private string TextOf(DssAnswer answer, DssRequest request) => answer.IsGood ? answer.Text : throw problems.Tell(answer, request);
}
