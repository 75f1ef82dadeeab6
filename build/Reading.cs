using DssPipeline.Chapters;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Build;

/// <summary>Reads the manifest that the command line names, the way its target needs it.</summary>
internal static class Reading
{
    /// <exception cref="ProblemException">There is none, or something is wrong in it; all of it at once.</exception>
    public static Manifest Read(RunSettings settings)
    {
        var options = new ReadOptions
        {
            Environment = settings.Environment,
            Sets = settings.Sets,
            Missing = settings.Sandbox.IsSet || settings.Targets is ["Validate"] ? MissingSources.StandIn : MissingSources.Refuse,
        };
        return ManifestReader.Read(File(settings), options);
    }

    public static SignIn SignIn(Manifest? manifest)
    {
        if (manifest is null) return new SignIn { Kind = SignInKind.Default };

        var wish = manifest.Azure.SignIn;
        if (wish.ClientSecret?.Kept is not null) throw new ProblemException(Unreachable(manifest));

        return new SignIn
        {
            Kind = wish.Method switch
            {
                SignInMethod.ClientSecret => SignInKind.ClientSecret,
                SignInMethod.ManagedIdentity => SignInKind.ManagedIdentity,
                SignInMethod.GithubOidc => SignInKind.GitHub,
                SignInMethod.AzurePipelinesOidc => SignInKind.AzurePipelines,
                _ => SignInKind.Detect,
            },
            Tenant = manifest.Azure.Tenant,
            ClientId = wish.ClientId,
            ClientSecret = wish.ClientSecret?.Known,
            ServiceConnection = wish.ServiceConnectionId,
        };
    }

    private static Problem Unreachable(Manifest manifest) => new(
        "Secret out of reach",
        "azure.signIn.clientSecret is kept in a Key Vault, and nobody is signed in yet who could fetch it. Take it from the environment with ${env:NAME}, or sign in without a secret: managedIdentity, githubOidc or azurePipelinesOidc.")
    {
        Place = manifest.Places.Of("/azure/signIn/clientSecret")?.ToString(),
    };

    private static string File(RunSettings settings) => settings.Manifest
        ?? (settings.Sandbox.IsSet ? Example() : throw new ProblemException(new Problem(
            "No manifest",
            "Nothing says which deployment this is about. Name its manifest with --manifest deployment.yml, or rehearse the reference deployment with --sandbox.")));

    /// <summary>The reference deployment: beside the sources, or beside the program when it was published.</summary>
    private static string Example() =>
        new[] { Environment.CurrentDirectory, AppContext.BaseDirectory }.Select(folder => Path.Combine(folder, "examples", "reference.yml")).First(System.IO.File.Exists);
}
