using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace DssPipeline.Sandbox;

/// <summary>Which part of DSS a request is for, and who asks.</summary>
internal sealed class DssApi
{
    private readonly DssDataDirectory _data;
    private readonly DssKeys _keys;
    private readonly DssUsers _users;
    private readonly DssLicense _license;
    private readonly DssCommandLine _commands;
    private readonly IReadOnlyList<DssRoute> _routes;

    public DssApi(DssDataDirectory data)
    {
        _data = data;
        _keys = new DssKeys(data);
        _users = new DssUsers(data);
        _license = new DssLicense(data);
        _commands = new DssCommandLine(_keys, _users, _license);
        _routes =
        [
            new("GET", "admin/licensing/status", _ => Answer(_license.Status)),
            new("GET", "instance-info", _ => Answer(InstanceInfo)),
            new("GET", "auth/info", AuthInfo),
            .. new DssUserRoutes(_users).Routes,
        ];
    }

    public Task ServeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "/";
        if (path == "/dip/api/ping") return context.Response.WriteAsync("\"pong\"");
        if (path == "/dip/api/login") return LoginAsync(context);
        if (path.StartsWith("/dip/api/cli/", StringComparison.Ordinal)) return CommandAsync(context, path[13..]);
        if (path.StartsWith("/public/api/", StringComparison.Ordinal)) return PublicAsync(context, path[12..]);
        return context.Response.WriteAsync("<html><head><title>Dataiku DSS</title></head></html>\n");
    }

    private async Task PublicAsync(HttpContext context, string path)
    {
        if (_keys.Find(DssCaller.KeyOf(context.Request)) is not { } key)
        {
            await new DssAnswer(401, DssAnswer.Problem("UnauthorizedException", "Authentication required: unknown or missing API key")).SendAsync(context);
            return;
        }

        if (!_license.OpensApi && path != "admin/licensing/status")
        {
            await new DssAnswer(403, DssAnswer.Problem("UnauthorizedException", "DSS API is not available with your Free Edition license")).SendAsync(context);
            return;
        }

        var call = new DssCall(context.Request.Method, path, await DssCaller.BodyAsync(context.Request), key);
        var route = _routes.FirstOrDefault(route => route.Takes(call));
        var answer = route is null ? new DssAnswer(404, DssAnswer.Problem("NotFoundException", $"No such API: {path}")) : route.Answer(call);
        await answer.SendAsync(context);
    }

    private async Task LoginAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var known = _users.Check(form["login"].ToString(), form["password"].ToString());
        await (known
            ? new DssAnswer(200, new JsonObject { ["success"] = true, ["login"] = form["login"].ToString() })
            : new DssAnswer(401, DssAnswer.Problem("InvalidLoginException", "Login or password is wrong"))).SendAsync(context);
    }

    // The command line of the same instance knows its secret; nobody else is heard.
    private async Task CommandAsync(HttpContext context, string command)
    {
        if (context.Request.Headers["X-DKU-Secret"] != _data.Secret)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        using var reader = new StreamReader(context.Request.Body);
        var (status, text) = _commands.Run(command, DssCommandForm.Read(await reader.ReadToEndAsync(context.RequestAborted)));
        context.Response.StatusCode = status;
        await context.Response.WriteAsync(text);
    }

    private JsonObject InstanceInfo => new()
    {
        ["nodeId"] = _data.InstallId,
        ["nodeName"] = Environment.MachineName,
        ["nodeType"] = _data.NodeType.ToUpperInvariant(),
        ["installId"] = _data.InstallId,
        ["dssVersion"] = _data.Version,
    };

    private static DssAnswer AuthInfo(DssCall call) => Answer(new JsonObject
    {
        ["authIdentifier"] = $"api:{call.Key.Id}",
        ["groups"] = new JsonArray(),
        ["authSource"] = "PERSONAL_API_KEY",
        ["userProfile"] = "API",
    });

    private static DssAnswer Answer(JsonNode body) => new(200, body);
}
