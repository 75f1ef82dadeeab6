using Azure.Core;

namespace DssPipeline.Planes.Tests;

/// <summary>Clients of the remote of a test.</summary>
internal static class ArmSetup
{
    public const string Group = "/subscriptions/s1/resourceGroups/rg1";
    public const string Version = "2025-01-01";

    public static ArmOptions Options(Remote remote) => new()
    {
        Deployment = "prod",
        Correlation = "11111111-2222-3333-4444-555555555555",
        Endpoints = new AzureEndpoints { Arm = remote.Uri, Authority = remote.Uri, CaFile = Certificates.CaFile },
    };

    public static Arm Arm(Remote remote, TimeProvider clock) => new(Options(remote), new Token(clock), clock);

    /// <summary>A credential that hands out numbered tokens.</summary>
    internal sealed class Token(TimeProvider clock) : TokenCredential
    {
        private int count;

        public TimeSpan Life { get; init; } = TimeSpan.FromHours(1);

        public int Count => count;

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new($"token-{Interlocked.Increment(ref count)}", clock.GetUtcNow() + Life);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }
}
