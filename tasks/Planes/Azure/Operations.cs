using System.Text.Json.Nodes;
using Azure.Core;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>Waits for what Azure does on its own after it has answered: by status address, by result address, or by the thing itself.</summary>
internal sealed class Operations(ArmSender sender, ArmOptions options, TimeProvider clock)
{
    // A status that cannot be read says nothing about the operation; after this many the thing itself is asked, and then as often.
    private const int Unreadable = 10;

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
        var (result, pacing, unreadable) = (answer.Location, NewPacing(), 0);
        while (style is not Style.Done)
        {
            await PauseAsync(pacing, errand, answer, cancel);
            answer = await sender.FollowAsync(errand, address, cancel);
            if (IsDone(errand, style, answer)) break;

            unreadable = answer.Succeeded || (style is Style.Thing && answer.Status == 404) ? 0 : unreadable + 1;
            if (unreadable >= 2 * Unreadable) throw new ArmFailure(ArmError.Of(answer));
            if (style is Style.Status) (address, result) = (answer.Operation ?? address, answer.Location ?? result);
            if (style is Style.Result) address = answer.Location ?? address;
            if (unreadable >= Unreadable) (style, address) = (Style.Thing, errand.Thing);
        }

        return errand.Method == RequestMethod.Post ? await ResultAsync(errand, style, answer, result, cancel) : null;
    }

    /// <summary>Waits until a removed thing is really gone; the operation may be over while it still answers.</summary>
    public async Task GoneAsync(Errand errand, CancellationToken cancel)
    {
        var pacing = NewPacing();
        // Links of private DNS zones come and go for a while after their removal.
        var times = errand.Subject.Type.EndsWith("/virtualNetworkLinks", StringComparison.OrdinalIgnoreCase) ? 3 : 1;
        for (var missing = 0; missing < times;)
        {
            var answer = await sender.FollowAsync(errand, errand.Thing, cancel);
            if (!answer.Succeeded && answer.Status != 404) throw new ArmFailure(ArmError.Of(answer));

            missing = answer.Status == 404 ? missing + 1 : 0;
            if (missing < times) await PauseAsync(pacing, errand, answer, cancel);
        }
    }

    /// <summary>The thing once nothing is being done to it any more; null when it is absent.</summary>
    public async Task<JsonNode?> SettledAsync(Errand look, CancellationToken cancel)
    {
        var pacing = NewPacing();
        while (true)
        {
            var answer = await sender.SendAsync(look, cancel);
            if (ArmProblems.MeansAbsent(answer)) return null;
            if (!answer.Succeeded) throw new ArmFailure(ArmError.Of(answer));
            if (ProvisioningState.IsFinal(ProvisioningState.Of(answer.Json))) return answer.Json;
            await PauseAsync(pacing, look, answer, cancel);
        }
    }

    private static (Style Style, string Address) Begin(Errand errand, ArmAnswer answer)
    {
        if (answer.Operation is { } status) return (Style.Status, status);
        // A relative Location beside a 201 names the new thing itself, as managed identities do.
        if (answer is { Status: 202, Location: { } location }) return (Style.Result, location);
        if (errand.Method == RequestMethod.Post) return (Style.Done, "");

        var settled = errand.Deletes || ProvisioningState.IsFinal(ProvisioningState.Of(answer.Json));
        return answer.Status != 202 && settled ? (Style.Done, "") : (Style.Thing, errand.Thing);
    }

    private static bool IsDone(Errand errand, Style style, ArmAnswer answer)
    {
        if (style is Style.Thing && errand.Deletes) return answer.Status == 404;
        if (!answer.Succeeded) return false;
        if (style is Style.Result || answer.Status == 204) return answer.Status != 202;

        var state = style is Style.Status ? ProvisioningState.OfOperation(answer.Json) : ProvisioningState.Of(answer.Json);
        return ProvisioningState.IsFailure(state) ? throw new ArmFailure(ArmError.OfOperation(answer, state)) : ProvisioningState.IsSuccess(state);
    }

    private Pacing NewPacing() => new(options, clock, options.Waits.Operation);

    private static Task PauseAsync(Pacing pacing, Errand errand, ArmAnswer answer, CancellationToken cancel) =>
        pacing.IsOver
            ? throw new ProblemException(new Problem(
                "Azure takes too long",
                $"{errand.Subject.Id} was not done {pacing.Passed.TotalMinutes:0} minutes after Azure accepted the {errand.Method}. It may still finish: run again to look.")
            { Correlation = answer.Correlation })
            : pacing.PauseAsync(errand.Subject.Id, "Azure to finish", answer.RetryAfter, cancel);

    private async Task<JsonNode?> ResultAsync(Errand errand, Style style, ArmAnswer last, string? address, CancellationToken cancel)
    {
        if (style is not Style.Status) return last.Json;
        if (Pointer.At(last.Json, "/properties/output") is { } output) return output;
        return address is null ? Pointer.At(last.Json, "/properties") : (await sender.FollowAsync(errand, address, cancel)).Json;
    }
}
