using Azure.Core;
using Azure.Core.Pipeline;
using Azure.ResourceManager;

namespace DssPipeline.Planes;

/// <summary>Lends out the authenticated pipeline of the real ARM client, which only its own resource types may see.</summary>
internal sealed class ArmChannel : Azure.ResourceManager.ArmResource
{
    public ArmChannel(ArmClient client)
        : base(client, ResourceIdentifier.Root)
    {
    }

    public HttpPipeline Requests => Pipeline;

    /// <summary>The client as it comes, but with our retries, our endpoints and our trusted authority.</summary>
    public static ArmChannel Open(ArmOptions options, TokenCredential credential)
    {
        var settings = new ArmClientOptions
        {
            Environment = new ArmEnvironment(options.Endpoints.Arm, options.Endpoints.Audience),
            Transport = new HttpClientTransport(Trust.Client(options.Endpoints)),
        };
        settings.Retry.MaxRetries = 0;
        settings.Retry.NetworkTimeout = options.Retry.Attempt;
        settings.Diagnostics.ApplicationId = "DssPipeline";
        settings.Diagnostics.IsLoggingContentEnabled = false;
        settings.Diagnostics.IsDistributedTracingEnabled = false;
        return new ArmChannel(new ArmClient(credential, null, settings));
    }
}
