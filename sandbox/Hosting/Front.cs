using Microsoft.AspNetCore.Http;

namespace DssPipeline.Sandbox;

/// <summary>What every request passes on its way in and out: latency, faults, the request log.</summary>
internal sealed class Front(SandboxOptions options, Faults faults, RequestLogWriter log, World world)
{
    private readonly FaultyService _service = new(faults, options.Clock);

    public async Task ServeAsync(Endpoint endpoint, HttpContext context)
    {
        var began = options.Clock.GetTimestamp();
        var startedAt = options.Clock.GetUtcNow();

        var (answer, fault) = await AnswerAsync(endpoint, context);

        log.Write(LoggedRequest.Of(endpoint, context, startedAt, options.Clock.GetElapsedTime(began)) with { Status = answer?.Status ?? 0, Fault = fault });
        await Answer.EndAsync(context, answer);
    }

    private async Task<(Answer? Answer, string? Fault)> AnswerAsync(Endpoint endpoint, HttpContext context)
    {
        try
        {
            var delay = options.Latency.Of(endpoint, context.Request.Method, context.Request.Path);
            if (delay > TimeSpan.Zero) await Task.Delay(delay, options.Clock, context.RequestAborted);

            return await _service.AnswerAsync(endpoint, context, () => SafelyAsync(endpoint, context));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return (null, null);
        }
        catch (NobodyThereException)
        {
            return (null, null);
        }
    }

    // A bug of the sandbox must be seen as one by whoever tests against it.
    private async Task SafelyAsync(Endpoint endpoint, HttpContext context)
    {
        try
        {
            await world.ServeAsync(endpoint, context);
        }
        catch (BadHttpRequestException problem)
        {
            await ErrorAnswer.WriteAsync(endpoint, context, problem.StatusCode, "BadRequest", problem.Message);
        }
        catch (Exception problem) when (problem is not (OperationCanceledException or NobodyThereException))
        {
            await ErrorAnswer.WriteAsync(endpoint, context, 500, "SandboxFailed", $"The sandbox itself failed: {problem}");
        }
    }
}
