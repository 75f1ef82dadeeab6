using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace DssPipeline.Sandbox;

/// <summary>Which part of DSS a request is for, and who asks.</summary>
internal sealed class DssApi
{
    private const string Version = "1";

    private static readonly string[] Prefixes = ["/public/api/", "/dip/publicapi/"];

    private readonly DssInstance _dss;
    private readonly DssCommandLine _commands;
    private readonly IReadOnlyList<DssRoute> _routes;

    public DssApi(DssInstance dss)
    {
        _dss = dss;
        _commands = new DssCommandLine(dss.Keys, dss.Users, dss.License);
        _routes = [.. dss.Routes];
    }

    public static bool IsPublic(HttpContext context) => Prefixes.Any(prefix => context.Request.Path.Value!.StartsWith(prefix, StringComparison.Ordinal));

    public Task ServeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "/";
        if (path == "/dip/api/ping") return context.Response.WriteAsync("\"pong\"");
        if (path == "/dip/api/login") return LoginAsync(context);
        if (path.StartsWith("/dip/api/cli/", StringComparison.Ordinal)) return CommandAsync(context, path[13..]);
        if (Prefixes.FirstOrDefault(prefix => path.StartsWith(prefix, StringComparison.Ordinal)) is { } prefix) return PublicAsync(context, Segments(context, prefix));
        return context.Response.WriteAsync("<html><head><title>Dataiku DSS</title></head></html>\n");
    }

    private async Task PublicAsync(HttpContext context, IReadOnlyList<string> path)
    {
        context.Response.Headers["DSS-Version"] = _dss.Data.Version;
        context.Response.Headers["DSS-API-Version"] = Version;
        await (await AnswerAsync(context, path)).SendAsync(context);
    }

    private async Task<DssAnswer> AnswerAsync(HttpContext context, IReadOnlyList<string> path)
    {
        try
        {
            var key = _dss.Keys.Find(DssCaller.KeyOf(context.Request)) ?? throw new DssRefusal(401, "NotAuthenticatedException", "Unknown API Key");
            if (!_dss.License.OpensApi && path is not ["admin", "licensing", ..]) throw new DssRefusal(403, "UnauthorizedException", "DSS API is not available with your Free Edition license");

            var (route, names) = _routes.Select(route => (route, names: route.Match(context.Request.Method, path))).FirstOrDefault(found => found.names is not null);
            if (route is null) throw new DssRefusal(404, "NotFoundException", $"No such API: {string.Join('/', path)}");

            var call = new DssCall { Names = names!, Query = context.Request.Query, Key = key, Body = await DssCaller.BodyAsync(context.Request), File = await DssCaller.FileAsync(context.Request) };
            return await route.AnswerAsync(call);
        }
        catch (DssRefusal refusal)
        {
            return refusal.Answer;
        }
        catch (Exception problem) when (problem is not (OperationCanceledException or IOException))
        {
            // A bug of the stand-in must be seen as one by whoever tests against it.
            return DssRefusal.Broken("DssPipeline.Sandbox", $"The sandbox itself failed: {problem}").Answer;
        }
    }

    // Taken from what was sent, so that a name may hold a slash; a slash at the end means nothing.
    private static List<string> Segments(HttpContext context, string prefix)
    {
        var raw = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0];
        return [.. raw[prefix.Length..].TrimEnd('/').Split('/').Select(Uri.UnescapeDataString)];
    }

    private async Task LoginAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var known = _dss.Users.Check(form["login"].ToString(), form["password"].ToString());
        await (known
            ? new DssAnswer(200, new JsonObject { ["success"] = true, ["login"] = form["login"].ToString() })
            : new DssAnswer(401, DssAnswer.Problem("InvalidLoginException", "Login or password is wrong"))).SendAsync(context);
    }

    // The command line of the same instance knows its secret; nobody else is heard.
    private async Task CommandAsync(HttpContext context, string command)
    {
        if (context.Request.Headers["X-DKU-Secret"] != _dss.Data.Secret)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        using var reader = new StreamReader(context.Request.Body);
        var (status, text) = _commands.Run(command, DssCommandForm.Read(await reader.ReadToEndAsync(context.RequestAborted)));
        context.Response.StatusCode = status;
        await context.Response.WriteAsync(text);
    }
}
