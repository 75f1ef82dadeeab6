using Microsoft.AspNetCore.Http;

namespace DssPipeline.Sandbox;

/// <summary>The sandbox's Azure Resource Manager: answers every path below its endpoint.</summary>
public sealed class ArmApi(ArmStore store, TimeProvider clock, ArmOptions options)
{
    public ArmStore Store { get; } = store;

    public TimeProvider Clock { get; } = clock;

    public ArmOptions Options { get; } = options;

    /// <summary>Serves one request; the caller has been authenticated, and claims <c>oid</c> and <c>appid</c> of its principal name it.</summary>
    public Task HandleAsync(HttpContext context)
    {
        context.Response.StatusCode = Options.PageSize > 0 ? StatusCodes.Status501NotImplemented : StatusCodes.Status500InternalServerError;
        return Task.CompletedTask;
    }
}
