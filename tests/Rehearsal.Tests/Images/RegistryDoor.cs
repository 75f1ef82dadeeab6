using DssPipeline.Tests;
using Microsoft.AspNetCore.Http;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>The door of Azure before a registry that has none: it gives tokens to everybody, and asks the registry behind it who shows one.</summary>
internal sealed class RegistryDoor : IAsyncDisposable
{
    private const string Token = "token-of-the-door";

    private readonly HttpClient inside;
    private readonly LoopbackHost web;

    private RegistryDoor(string registry)
    {
        inside = new HttpClient { BaseAddress = new($"http://{registry}") };
        web = new(context => context.Request.Path.StartsWithSegments("/oauth2", StringComparison.Ordinal) ? context.Response.WriteAsync($$"""{"refresh_token": "{{Token}}", "access_token": "{{Token}}"}""") : AskAsync(context));
    }

    public string Address => web.Uri.GetLeftPart(UriPartial.Authority);

    public static async Task<RegistryDoor> OpenAsync(string registry)
    {
        var door = new RegistryDoor(registry);
        await door.web.StartAsync();
        return door;
    }

    public async ValueTask DisposeAsync()
    {
        await web.DisposeAsync();
        inside.Dispose();
    }

    private async Task AskAsync(HttpContext context)
    {
        if (context.Request.Headers.Authorization != $"Bearer {Token}")
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        using var question = new HttpRequestMessage(new(context.Request.Method), $"{context.Request.Path}{context.Request.QueryString}");
        question.Headers.TryAddWithoutValidation("Accept", $"{context.Request.Headers.Accept}");
        using var answer = await inside.SendAsync(question);
        context.Response.StatusCode = (int)answer.StatusCode;
        if (answer.Headers.TryGetValues("Docker-Content-Digest", out var digest)) context.Response.Headers["Docker-Content-Digest"] = digest.Single();
        context.Response.ContentType = $"{answer.Content.Headers.ContentType}";
        if (context.Request.Method != "HEAD") await answer.Content.CopyToAsync(context.Response.Body);
    }
}
