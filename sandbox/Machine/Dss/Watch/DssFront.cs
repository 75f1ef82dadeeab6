using Microsoft.AspNetCore.Http;

namespace DssPipeline.Sandbox;

/// <summary>What a request to DSS passes on its way in and out: faults, and the ears of whoever watches.</summary>
internal sealed class DssFront(DssWatch watch)
{
    private readonly FaultyService _service = new(new Faults(0), TimeProvider.System);

    public async Task ServeAsync(HttpContext context, Func<Task> serve)
    {
        var startedAt = TimeProvider.System.GetUtcNow();
        var began = TimeProvider.System.GetTimestamp();
        await watch.ReadAsync(context.Request);
        var met = await watch.MeetAsync(context.Request.Method, context.Request.Path, context.RequestAborted);

        var (answer, fault) = await AnswerAsync(context, met, serve);

        await watch.HearAsync(LoggedRequest.Of(Endpoint.Dss, context, startedAt, TimeProvider.System.GetElapsedTime(began)) with { Status = answer?.Status ?? 0, Fault = fault });
        await Answer.EndAsync(context, answer);
    }

    private async Task<(Answer? Answer, string? Fault)> AnswerAsync(HttpContext context, IReadOnlyList<FaultRule> met, Func<Task> serve)
    {
        try
        {
            return await _service.AnswerAsync(Endpoint.Dss, context, [.. met.Where(rule => rule.Kind != FaultKind.Stale)], serve);
        }
        catch (OperationCanceledException)
        {
            // The caller is gone, or DSS is.
            return (null, null);
        }
    }
}
