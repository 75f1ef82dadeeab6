using System.Text.Json.Nodes;
using Azure.Core;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>Waits for what Azure does on its own after it has answered: by status address, by result address, or by the thing itself.</summary>
internal sealed class Operations(ArmSender sender, ArmOptions options, TimeProvider clock)
{
    // A status that cannot be read says nothing about the operation; after this many, the thing itself is asked.
    private const int Unreadable = 10;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    private enum Style
    {
        Done,
        Status,
        Result,
        Thing,
    }

    /// <summary>Waits until the errand is done and hands back what it brought, if anything.</summary>
    public async Task<JsonNode?> FinishAsync(Errand errand, ArmAnswer answer, CancellationToken cancel)
    {
        var (style, address) = Begin(errand, answer);
        var result = answer.Location;
        var started = clock.GetUtcNow();
        var unreadable = 0;
        while (style is not Style.Done)
        {
            await PauseAsync(errand, answer, started, cancel);
            answer = await PollAsync(errand, style, address, cancel);
            unreadable = answer.Succeeded ? 0 : unreadable + 1;
            if (style is not Style.Thing && unreadable >= Unreadable) (style, address) = (Style.Thing, errand.Path);
            else if (IsDone(errand, style, answer)) style = Style.Done;
            else address = (style is Style.Status ? answer.Operation : style is Style.Result ? answer.Location : null) ?? address;
            if (style is Style.Status) result = answer.Location ?? result;
        }

        return await ResultAsync(errand, answer, result, cancel);
    }

    /// <summary>Waits until a removed thing is really gone; the operation may be over while it still answers.</summary>
    public async Task GoneAsync(Errand errand, CancellationToken cancel)
    {
        var look = errand with { Method = RequestMethod.Get };
        var started = clock.GetUtcNow();
        // Links of private DNS zones come and go for a while after their removal.
        var times = errand.Subject.Type.EndsWith("/virtualNetworkLinks", StringComparison.OrdinalIgnoreCase) ? 3 : 1;
        for (var missing = 0; missing < times;)
        {
            var answer = await sender.SendAsync(look, cancel);
            missing = answer.Status == 404 ? missing + 1 : 0;
            if (missing < times) await PauseAsync(errand, answer with { RetryAfter = answer.RetryAfter ?? Soon }, started, cancel);
        }
    }

    /// <summary>The thing once nothing is being done to it any more; null when it is absent.</summary>
    public async Task<JsonNode?> SettledAsync(Errand look, CancellationToken cancel)
    {
        var started = clock.GetUtcNow();
        while (true)
        {
            var answer = await sender.SendAsync(look, cancel);
            if (answer.Status == 404) return null;
            if (!answer.Succeeded) throw new ArmFailure(ArmError.Of(answer));
            if (ProvisioningState.IsFinal(ProvisioningState.Of(answer.Json))) return answer.Json;
            await PauseAsync(look, answer, started, cancel);
        }
    }

    private static (Style Style, string Address) Begin(Errand errand, ArmAnswer answer)
    {
        if (answer.Operation is { } status) return (Style.Status, status);
        // A relative Location beside a 201 names the new thing itself, as managed identities do.
        if (answer is { Status: 202, Location: { } location }) return (Style.Result, location);
        var settled = errand.Method == RequestMethod.Post || (answer.Status != 202 && ProvisioningState.IsSuccess(ProvisioningState.Of(answer.Json)));
        return settled || (errand.Deletes && answer.Status != 202) ? (Style.Done, "") : (Style.Thing, errand.Path);
    }

    private async Task PauseAsync(Errand errand, ArmAnswer answer, DateTimeOffset started, CancellationToken cancel)
    {
        var passed = clock.GetUtcNow() - started;
        if (passed > options.Waits.Operation)
        {
            throw new ProblemException(new Problem("Azure takes too long", $"{errand.Subject.Id} was not done {passed.TotalMinutes:0} minutes after Azure accepted the {errand.Method}. It may still finish: run again to look.") { Correlation = answer.Correlation });
        }

        options.Waiting?.Report(new Wait(errand.Subject.Id, "Azure to finish", started));
        await Task.Delay(answer.RetryAfter ?? options.Waits.Interval, clock, cancel);
    }

    private Task<ArmAnswer> PollAsync(Errand errand, Style style, string address, CancellationToken cancel) =>
        style is Style.Thing ? sender.SendAsync(errand with { Method = RequestMethod.Get, Body = null }, cancel) : sender.FollowAsync(errand, address, cancel);

    private static bool IsDone(Errand errand, Style style, ArmAnswer answer)
    {
        if (style is Style.Thing && errand.Deletes) return answer.Status == 404;
        if (!answer.Succeeded) return false;
        if (style is Style.Result) return answer.Status != 202;

        var state = style is Style.Status ? ProvisioningState.OfOperation(answer.Json) : ProvisioningState.Of(answer.Json);
        return ProvisioningState.IsFailure(state) ? throw new ArmFailure(ArmError.OfOperation(answer, state)) : ProvisioningState.IsSuccess(state);
    }

    private async Task<JsonNode?> ResultAsync(Errand errand, ArmAnswer last, string? result, CancellationToken cancel)
    {
        if (errand.Method != RequestMethod.Post) return null;
        if (Pointer.At(last.Json, "/properties/output") is { } output) return output;
        if (result is null || Pointer.At(last.Json, "/status") is null) return last.Json;
        return (await sender.FollowAsync(errand, result, cancel)).Json;
    }
}
