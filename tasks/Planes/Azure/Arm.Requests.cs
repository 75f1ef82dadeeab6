using System.Text.Json.Nodes;
using Azure.Core;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

public sealed partial class Arm
{
    /// <summary>The thing itself; null when it, its parent or its group is absent.</summary>
    public async Task<JsonNode?> GetAsync(string id, string apiVersion, CancellationToken cancel)
    {
        var answer = await ReadAsync(new Errand(RequestMethod.Get, id, apiVersion), null, cancel);
        return answer.Succeeded ? answer.Json : null;
    }

    /// <summary>Everything on all pages of a list; nothing when the scope is absent.</summary>
    public async Task<IReadOnlyList<JsonNode>> ListAsync(string path, string apiVersion, CancellationToken cancel)
    {
        var errand = new Errand(RequestMethod.Get, path, apiVersion);
        var found = new List<JsonNode>();
        for (string? next = errand.Path; next is { Length: > 0 };)
        {
            var page = (await ReadAsync(errand, next, cancel)).Json;
            if (Pointer.At(page, "/value") is JsonArray items) found.AddRange(items.OfType<JsonNode>());
            next = Pointer.At(page, "/nextLink")?.ToString();
        }

        return found;
    }

    /// <summary>Makes or replaces the thing and waits until Azure is done. What became of it is read by looking.</summary>
    public Task PutAsync(string id, string apiVersion, JsonNode body, CancellationToken cancel) =>
        WriteAsync(new Errand(RequestMethod.Put, id, apiVersion, body), cancel);

    /// <summary>Changes the members named and waits until Azure is done.</summary>
    public Task PatchAsync(string id, string apiVersion, JsonNode body, CancellationToken cancel) =>
        WriteAsync(new Errand(RequestMethod.Patch, id, apiVersion, body), cancel);

    /// <summary>Runs an action, waits until it is done and hands back its result. It is never sent twice when it may have arrived.</summary>
    public Task<JsonNode?> PostAsync(string path, string apiVersion, JsonNode? body, CancellationToken cancel) =>
        WriteAsync(new Errand(RequestMethod.Post, path, apiVersion, body), cancel);

    /// <summary>As <see cref="PostAsync"/>, for actions that may run twice without harm: those that only answer, register or start.</summary>
    public Task<JsonNode?> AskAsync(string path, string apiVersion, JsonNode? body, CancellationToken cancel) =>
        WriteAsync(new Errand(RequestMethod.Post, path, apiVersion, body) { Repeatable = true }, cancel);

    /// <summary>Removes the thing and waits until it is gone. Removing what is absent is fine.</summary>
    public async Task DeleteAsync(string id, string apiVersion, CancellationToken cancel)
    {
        var errand = new Errand(RequestMethod.Delete, id, apiVersion);
        await WriteAsync(errand, cancel);
        await ToldAsync(errand, async () =>
        {
            await operations.GoneAsync(errand, cancel);
            return true;
        });
    }

    /// <summary>Removes the thing unless a lock holds it. No lock is lifted for it, also not the deployment's own.</summary>
    /// <returns>Whether it is gone.</returns>
    public async Task<bool> DeleteUnlessLockedAsync(string id, string apiVersion, CancellationToken cancel)
    {
        try
        {
            await AttemptAsync(new Errand(RequestMethod.Delete, id, apiVersion), cancel);
            return true;
        }
        catch (ArmFailure failure) when (OwnLock.IsAbout(failure.Error))
        {
            return false;
        }
        catch (ArmFailure)
        {
            // Whatever else is in the way is treated as with any removal, below.
        }

        await DeleteAsync(id, apiVersion, cancel);
        return true;
    }

    /// <summary>The thing itself, once nothing is being done to it any more; null when it is absent.</summary>
    public Task<JsonNode?> SettledAsync(ArmAddress address, CancellationToken cancel)
    {
        // It may have moved on since it was seen in a list.
        observations.Written(address.Id, removed: false);
        var errand = new Errand(RequestMethod.Get, address.Id, address.ApiVersion);
        return ToldAsync(errand, () => operations.SettledAsync(errand, cancel));
    }

    private Task<ArmAnswer> ReadAsync(Errand errand, string? address, CancellationToken cancel) => ToldAsync(errand, async () =>
    {
        var answer = await (address is null ? sender.SendAsync(errand, cancel) : sender.FollowAsync(errand, address, cancel));
        return answer.Succeeded || ArmProblems.MeansAbsent(answer) ? answer : throw new ArmFailure(ArmError.Of(answer));
    });

    /// <summary>Turns what Azure says no to into words.</summary>
    private async Task<T> ToldAsync<T>(Errand errand, Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (ArmFailure failure)
        {
            throw Told(failure.Error, errand.Subject.Id);
        }
    }

    private async Task<JsonNode?> WriteAsync(Errand errand, CancellationToken cancel)
    {
        var since = clock.GetUtcNow();
        while (true)
        {
            var lifts = ownLock.Lifts;
            try
            {
                return await AttemptAsync(errand, cancel);
            }
            catch (ArmFailure failure)
            {
                if (errand is { Deletes: true, Unlocks: false } && await ownLock.IsLiftedAsync(failure.Error, errand.Subject.Id, lifts, cancel)) continue;
                if (!await patience.LastsAsync(failure.Error, errand.Subject.Id, since, cancel)) throw Told(await ownLock.NamedAsync(failure.Error, cancel), errand.Subject.Id);
            }
        }
    }

    private async Task<JsonNode?> AttemptAsync(Errand errand, CancellationToken cancel)
    {
        observations.Written(errand.Subject.Id, errand.Deletes);
        var answer = await sender.SendAsync(errand, cancel);
        if (errand.Deletes && answer.Status == 404) return null;
        if (!answer.Succeeded) throw new ArmFailure(ArmError.Of(answer));

        patience.Note(errand);
        return await operations.FinishAsync(errand, answer, cancel);
    }
}
