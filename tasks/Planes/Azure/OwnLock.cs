using System.Text.RegularExpressions;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>The lock that the deployment keeps on its own group. It is lifted where it alone stands in the way of a removal; whoever wishes for it puts it on again.</summary>
internal sealed partial class OwnLock(Arm arm, string? path)
{
    private const string Extension = "/providers/Microsoft.Authorization/locks";
    private const string ApiVersion = "2020-05-01";
    private const string Code = "ScopeLocked";

    private readonly SemaphoreSlim gate = new(1);
    private volatile int lifts;

    /// <summary>How often it was lifted by now.</summary>
    public int Lifts => lifts;

    /// <summary>Whether the error is that of a lock.</summary>
    public static bool IsAbout(RemoteError error) => error.Code == Code;

    /// <summary>True when the removal is worth another attempt, because the lock was lifted since it was tried.</summary>
    /// <param name="seen">What <see cref="Lifts"/> was when the removal was tried.</param>
    public async Task<bool> IsLiftedAsync(RemoteError error, string subject, int seen, CancellationToken cancel)
    {
        if (path is null || error.Code != Code) return false;

        await gate.WaitAsync(cancel);
        try
        {
            return lifts != seen || await LiftAsync(error, subject, cancel);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>The error with the names of the locks it is about; itself when it is about none.</summary>
    public async Task<RemoteError> NamedAsync(RemoteError error, CancellationToken cancel)
    {
        if (error.Code != Code) return error;

        var others = await OthersAsync(error, cancel);
        if (others is [] && ScopesIn(error).Any(IsOurs)) return Ours(error, "It was lifted, and Azure still holds to it.");

        var locks = others is [] ? error.Message.TrimEnd('.') : string.Join(" and ", others);
        return error with { Facts = new Dictionary<string, string>(error.Facts, StringComparer.OrdinalIgnoreCase) { ["locks"] = locks } };
    }

    private async Task<bool> LiftAsync(RemoteError error, string subject, CancellationToken cancel)
    {
        // A lock of somebody else would still be in the way, so lifting ours would bare the group for nothing.
        if (await arm.GetAsync(path!, ApiVersion, cancel) is null || await OthersAsync(error, cancel) is not []) return false;

        arm.Tell(new Wait(subject, "the deployment's own lock (policy.deleteLock) to be lifted", arm.Clock.GetUtcNow()));
        try
        {
            await arm.DeleteAsync(path!, ApiVersion, cancel);
        }
        catch (ProblemException denied)
        {
            throw arm.Told(Ours(error, $"It could not be lifted: {denied.Problems[0].Summary}. {denied.Problems[0].Detail}"), subject);
        }

        lifts++;
        return true;
    }

    private static RemoteError Ours(RemoteError error, string what) => error with { Code = "LockedByOurselves", Message = what };

    /// <summary>Azure names the locked scopes after the thing itself.</summary>
    private static IEnumerable<string> ScopesIn(RemoteError error) => Scopes().Matches(Locked().Match(error.Message).Value).Select(match => match.Value);

    /// <summary>Names of the locks at the scopes that Azure complains of, save ours; of a scope whose locks cannot be seen, the scope.</summary>
    private async Task<IReadOnlyList<string>> OthersAsync(RemoteError error, CancellationToken cancel)
    {
        var found = new List<string>();
        foreach (var scope in ScopesIn(error)) found.AddRange(await AtAsync(scope, cancel));
        return found;
    }

    private async Task<IEnumerable<string>> AtAsync(string scope, CancellationToken cancel)
    {
        var home = $"{scope}{Extension}/";
        try
        {
            var all = (await arm.ListAsync(home.TrimEnd('/'), ApiVersion, cancel)).Select(held => $"{Pointer.At(held, "/id")}");
            return all.Where(id => id.StartsWith(home, StringComparison.OrdinalIgnoreCase) && !id.Equals(path, StringComparison.OrdinalIgnoreCase));
        }
        catch (ProblemException)
        {
            return IsOurs(scope) ? [] : [$"a lock at {scope}"];
        }
    }

    private bool IsOurs(string scope) => path?.StartsWith($"{scope}{Extension}/", StringComparison.OrdinalIgnoreCase) is true;

    [GeneratedRegex("locked:.*", RegexOptions.IgnoreCase | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Locked();

    [GeneratedRegex("/subscriptions/[^',]+", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Scopes();
}
