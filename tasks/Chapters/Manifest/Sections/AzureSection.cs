using System.Collections.ObjectModel;

namespace DssPipeline.Chapters;

/// <summary>Where in Azure the deployment lives, and how the run signs in.</summary>
public sealed record AzureSection
{
    [Key("Subscription that holds everything.", Effect.NewName, Form = Form.Guid)]
    public required string Subscription { get; init; }

    [Key("Tenant (directory) of the subscription.", Effect.NewName, Form = Form.Guid)]
    public required string Tenant { get; init; }

    [Key("Region, as Azure spells it in ids.", Effect.Refused, Form = Form.Location)]
    public required string Location { get; init; }

    [Key("The one resource group that everything lives in.", Effect.NewName, Form = Form.ResourceGroupName, Default = "rg-{name}")]
    public string? ResourceGroup { get; init; }

    [Key("How the run itself signs in to Azure.", Effect.RunOnly)]
    public SignInSection SignIn { get; init; } = new();

    [Key("Register the resource providers the deployment needs, where they are not registered yet.", Effect.RunOnly)]
    public bool RegisterProviders { get; init; } = true;

    [Key("Tags put on everything made, beside the ownership tags of the pipeline. Tags of others are left alone.", Form = Form.TagName)]
    public IReadOnlyDictionary<string, string> Tags { get; init; } = ReadOnlyDictionary<string, string>.Empty;
}

/// <summary>How the run itself signs in to Azure.</summary>
public sealed record SignInSection
{
    [Key("Way to sign in. `default` tries environment, workload identity, managed identity and az, in this order.", Effect.RunOnly)]
    public SignInMethod Method { get; init; } = SignInMethod.Default;

    [Key("Application (client) id to sign in as.", Effect.RunOnly, Form = Form.Guid, Default = "AZURE_CLIENT_ID of the environment")]
    public string? ClientId { get; init; }

    [Key("Client secret, for `clientSecret`.", Effect.RunOnly)]
    public SecretValue? ClientSecret { get; init; }

    [Key("Id of the service connection, for `azurePipelinesOidc`.", Effect.RunOnly, Form = Form.Guid, Default = "AZURESUBSCRIPTION_SERVICE_CONNECTION_ID of the environment")]
    public string? ServiceConnectionId { get; init; }
}

/// <summary>A way to sign in to Azure.</summary>
public enum SignInMethod
{
    Default,
    ClientSecret,
    ManagedIdentity,
    GithubOidc,
    AzurePipelinesOidc,
}
