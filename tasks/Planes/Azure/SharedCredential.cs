using System.Collections.Concurrent;
using Azure.Core;
using Azure.Identity;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>Keeps one token per scope for everybody, renews it well before it ends, and tells failures as problems.</summary>
internal sealed class SharedCredential(TokenCredential inner, Redactor redactor, TimeProvider clock) : TokenCredential
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, Kept> kept = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim gate = new(1);

    /// <summary>Drops every token, because a remote refused one before its time.</summary>
    public void Forget() => kept.Clear();

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Every request of a run is asynchronous.");

    public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        var scope = string.Join(' ', requestContext.Scopes);
        if (requestContext.Claims is null && kept.TryGetValue(scope, out var held) && held.RenewAt > clock.GetUtcNow()) return Lend(held.Token);

        await gate.WaitAsync(cancellationToken);
        try
        {
            if (requestContext.Claims is null && kept.TryGetValue(scope, out held) && held.RenewAt > clock.GetUtcNow()) return Lend(held.Token);
            return Lend(await RenewAsync(scope, requestContext, cancellationToken));
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<AccessToken> RenewAsync(string scope, TokenRequestContext context, CancellationToken cancel)
    {
        try
        {
            var token = await inner.GetTokenAsync(context, cancel);
            redactor.Add(new Secret(token.Token));
            var life = token.ExpiresOn - clock.GetUtcNow();
            kept[scope] = new(token, token.ExpiresOn - (life / 2 < Margin ? life / 2 : Margin));
            return token;
        }
        catch (AuthenticationFailedException failure)
        {
            // The old token is good to its last second when no new one can be had yet.
            if (context.Claims is null && kept.TryGetValue(scope, out var old) && old.Token.ExpiresOn > clock.GetUtcNow()) return old.Token;
            throw SignInProblems.Tell(failure, redactor);
        }
    }

    /// <summary>Lent for this one request: a borrower with a store of its own would go on using what was forgotten here.</summary>
    private static AccessToken Lend(AccessToken token) => new(token.Token, DateTimeOffset.UnixEpoch, null, token.TokenType ?? "Bearer");

    private sealed record Kept(AccessToken Token, DateTimeOffset RenewAt);
}
