using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace DssPipeline.Sandbox;

/// <summary>Serves a request the way the fault rules want it: in time or late, in full, wrongly or not at all.</summary>
internal sealed class FaultyService(Faults faults, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Answer> _previous = new(StringComparer.Ordinal);

    /// <summary>The answer, null when the connection must be dropped, and the faults met on the way.</summary>
    public async Task<(Answer? Answer, string? Fault)> AnswerAsync(Endpoint endpoint, HttpContext context, Func<Task> serve)
    {
        var url = $"{endpoint} {context.Request.Host}{context.Request.Path}{context.Request.QueryString}";
        var met = faults.Meet(endpoint, context.Request.Method, context.Request.Path, rule => rule.Kind != FaultKind.Stale || _previous.ContainsKey(url));
        return await AnswerAsync(endpoint, context, met, serve);
    }

    /// <summary>The same where it is known already which faults the request meets.</summary>
    public async Task<(Answer? Answer, string? Fault)> AnswerAsync(Endpoint endpoint, HttpContext context, IReadOnlyList<FaultRule> met, Func<Task> serve)
    {
        var url = $"{endpoint} {context.Request.Host}{context.Request.Path}{context.Request.QueryString}";
        foreach (var late in met.Where(rule => rule.Kind == FaultKind.Slow)) await Task.Delay(late.Duration!.Value, clock, context.RequestAborted);
        context.Features.Set(new MetFaults(met));

        var answer = met.LastOrDefault(rule => rule.Answers)?.Kind switch
        {
            FaultKind.Stale => _previous[url],
            FaultKind.DropBefore => null,
            FaultKind.DropAfter => await ServeThenAsync(context, serve),
            FaultKind.Status or FaultKind.RoleDelay => await Answer.TakeAsync(context, () => RefuseAsync(endpoint, context, met[^1])),
            _ => await ServeAsync(context, url, serve),
        };
        return (answer, met.Count == 0 ? null : string.Join("; ", met));
    }

    private static async Task<Answer?> ServeThenAsync(HttpContext context, Func<Task> serve)
    {
        await Answer.TakeAsync(context, serve);
        return null;
    }

    private async Task<Answer> ServeAsync(HttpContext context, string url, Func<Task> serve)
    {
        var answer = await Answer.TakeAsync(context, serve);
        if (context.Request.Method == "GET" && faults.Rules.Any(rule => rule.Kind == FaultKind.Stale)) _previous[url] = answer;
        return answer;
    }

    private static Task RefuseAsync(Endpoint endpoint, HttpContext context, FaultRule rule)
    {
        if (rule.RetryAfter is { } seconds) context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return rule.Kind == FaultKind.RoleDelay
            ? ErrorAnswer.WriteForbiddenAsync(endpoint, context, rule.Code)
            : ErrorAnswer.WriteAsync(endpoint, context, rule.Status, rule.Code);
    }
}

/// <summary>The faults that hit one request, for the services that must act on them themselves.</summary>
internal sealed record MetFaults(IReadOnlyList<FaultRule> Rules)
{
    public FaultRule? Of(FaultKind kind) => Rules.FirstOrDefault(rule => rule.Kind == kind);
}
