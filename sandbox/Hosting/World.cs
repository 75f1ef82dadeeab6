using Microsoft.AspNetCore.Http;

namespace DssPipeline.Sandbox;

/// <summary>The services of one sandbox and which of them a request is for.</summary>
internal sealed class World
{
    public World(SandboxOptions options, StateFolder folder, Faults faults)
    {
        _ = (options, folder, faults);
    }

    public Task ServeAsync(Endpoint endpoint, HttpContext context) => ErrorAnswer.WriteAsync(endpoint, context, 404);
}
