using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>DSS's own test of a connection; after a change repeated for as long as Azure may need to honour a new role.</summary>
internal sealed partial class ConnectionTest(Dss dss, string name)
{
    private const int Longest = 500;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <exception cref="ProblemException">DSS cannot use the connection; its own words are told.</exception>
    public async Task PassAsync(CancellationToken cancel)
    {
        var since = dss.Clock.GetUtcNow();
        while (await FailureAsync(cancel) is { } words)
        {
            if (!MayPass().IsMatch(words) || dss.Clock.GetUtcNow() - since >= Patience) throw new ProblemException(Told(words));

            await Task.Delay(Pause, dss.Clock, cancel);
        }
    }

    /// <summary>What DSS says is wrong; null when the connection works.</summary>
    public async Task<string?> FailureAsync(CancellationToken cancel)
    {
        var answer = await dss.AnswerAsync(Dss.Path("connections", name, "test"), cancel);
        if (answer?["connectionOK"]?.ToString() is "true") return null;

        var words = string.Join(" ", Words(answer).Distinct(StringComparer.Ordinal)) is { Length: > 0 } told ? told : "DSS does not say why.";
        return dss.Redactor.Clean(words.Length <= Longest ? words : $"{words[..Longest]} …");
    }

    private static IEnumerable<string> Words(JsonNode? node) => node switch
    {
        JsonObject members => members.Where(member => !member.Key.Contains("stack", StringComparison.OrdinalIgnoreCase) && !member.Key.EndsWith("HTML", StringComparison.Ordinal)).SelectMany(member => Words(member.Value)),
        JsonArray items => items.SelectMany(Words),
        JsonValue value when value.TryGetValue(out string? text) && text.Contains(' ', StringComparison.Ordinal) => [text],
        _ => [],
    };

    private Problem Told(string words) => new(
        "Connection does not work",
        $"The DSS connection {name} was written, and its test fails. DSS says: {words} "
        + "Check that the service principal or key opens the account (adls[].grants, a secret that has not run out), and that the machine of DSS reaches it (adls[].network, private endpoints). Then run again: the connection is tested until it works.");

    // A new role is honoured only after some minutes, and the name of a new account is not known everywhere at once.
    [GeneratedRegex("AuthorizationPermissionMismatch|AuthorizationFailure|not authorized to perform|UnknownHost|Name or service not known", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MayPass();
}
