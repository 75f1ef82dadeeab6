using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>The addresses of long operations: signed, longer than 4 KB, new at every look for some, and answered in each provider's own way.</summary>
internal static class Polling
{
    // Where Azure puts a certificate: it only has to be as long as the real one.
    private static readonly string Certificate = string.Concat(Enumerable.Repeat("MIIHpTCCBo2gAwIBAgITOgVSDx5SgB9cWbnGLgAEBVIPHjANBgkqhkiG9w0BAQsFADBE", 64));

    public static ArmOperation Begin(ArmWorld world, ArmRequest request, ArmRecord record, string verb, Exchange exchange)
    {
        var (status, result, token) = Paths(record, verb);
        return world.Operations.Begin(new()
        {
            Token = token,
            Verb = verb,
            Target = record.Id.Text,
            StatusPath = status,
            ResultPath = result,
            ApiVersion = record.Id.Type.StartsWith("Microsoft.ContainerService/", StringComparison.OrdinalIgnoreCase) ? "2025-03-01" : request.ApiVersion,
            Started = world.Now,
            Takes = exchange.Takes,
            Retry = exchange.Retry,
        });
    }

    /// <summary>Tells the caller where to ask.</summary>
    public static ArmAnswer Announce(ArmWorld world, ArmAnswer answer, ArmRequest request, ArmOperation operation, string wait)
    {
        if (wait is "async" or "both") answer = answer.With("Azure-AsyncOperation", Address(world, request, operation, operation.StatusPath, ""));
        if (wait is "location" or "both") answer = answer.With("Location", Address(world, request, operation, operation.ResultPath, "monitor=true&"));
        if (operation.Target.Contains("/Microsoft.Network/", StringComparison.OrdinalIgnoreCase) || operation.Target.Contains("/Microsoft.Compute/", StringComparison.OrdinalIgnoreCase)) answer = answer.With("Azure-AsyncNotification", "Enabled");
        return operation.Retry > 0 ? answer.With("Retry-After", Seconds(world, operation.Retry)) : answer;
    }

    public static string Seconds(ArmWorld world, int retry) => ((int)Math.Ceiling(retry * world.Options.DurationScale)).ToString(CultureInfo.InvariantCulture);

    public static ArmAnswer Answer(ArmWorld world, ArmRequest request, string token)
    {
        if (world.Store.Operation(token) is not { } operation) throw new ArmError(404, "NotFound", $"The operation '{token}' was not found.");
        if (request.Query["h"] != Signature(token, request.Query["t"].ToString())) throw new ArmError(400, "InvalidOperationUrl", "The address of the operation is not the one that was given out, byte for byte.");

        operation = world.Operations.Poll(operation);
        var path = request.Path.TrimEnd('/');
        return path.StartsWith(operation.StatusPath, StringComparison.OrdinalIgnoreCase) && operation.StatusPath != operation.ResultPath
            ? Status(world, request, operation)
            : Result(world, request, operation);
    }

    private static ArmAnswer Status(ArmWorld world, ArmRequest request, ArmOperation operation)
    {
        var body = new JsonObject();
        var isNetwork = operation.StatusPath.Contains("/Microsoft.Network/", StringComparison.OrdinalIgnoreCase);
        if (!isNetwork) body["name"] = operation.Token;
        body["status"] = operation.Status;
        if (!isNetwork) body["startTime"] = operation.Started.ToString("O");
        if (!isNetwork && operation.Ended is { } ended) body["endTime"] = ended.ToString("O");
        if (operation is { IsRunning: false, Failure: { } failure }) body["error"] = new JsonObject { ["code"] = failure.Code, ["message"] = failure.Message };
        if (operation.Status == "Succeeded" && operation.StatusPath.Contains("/Microsoft.Compute/", StringComparison.OrdinalIgnoreCase) && Output(world, request, operation) is { } output) body["properties"] = new JsonObject { ["output"] = output };

        var answer = new ArmAnswer(200, body);
        if (!operation.IsRunning) return answer;
        if (operation.StatusPath.EndsWith("/privateDnsOperationStatuses", StringComparison.Ordinal)) return Announce(world, answer, request, operation, "async");
        return operation.Retry > 0 ? answer.With("Retry-After", Seconds(world, operation.Verb == "put" && operation.Takes == 60 ? 35 : operation.Retry)) : answer;
    }

    private static ArmAnswer Result(ArmWorld world, ArmRequest request, ArmOperation operation)
    {
        if (operation.IsRunning) return Announce(world, new(202) { EmptyType = "text/plain; charset=utf-8" }, request, operation, "location");
        if (operation.Failure is { } failure) throw new ArmError(409, failure.Code, failure.Message);
        if (Output(world, request, operation) is { } output) return new(200, output);
        return new(operation.IsOfGroup ? 200 : 204);
    }

    private static JsonNode? Output(ArmWorld world, ArmRequest request, ArmOperation operation) =>
        operation.Verb == "put" && world.Record(operation.Target) is { } record ? Views.Show(world, record, request) : operation.Result?.DeepClone();

    private static (string Status, string Result, string Token) Paths(ArmRecord record, string verb)
    {
        var token = Guid.NewGuid().ToString();
        var subscription = $"/subscriptions/{record.Id.Subscription}";
        if (record.Id.Type == Groups.Type)
        {
            var job = $"{{\"jobId\":\"RESOURCEGROUPDELETIONJOB-{record.Id.Name.ToUpperInvariant()}-{token}\",\"jobLocation\":\"{Dotted.Text(record.Document, "location")}\"}}";
            return ($"{subscription}/operationresults", $"{subscription}/operationresults", Convert.ToBase64String(Encoding.UTF8.GetBytes(job)).TrimEnd('=').Replace('/', '_'));
        }

        var space = record.Id.Type[..record.Id.Type.IndexOf('/', StringComparison.Ordinal)];
        if (record.Id.Type.StartsWith("Microsoft.Network/privateDnsZones", StringComparison.OrdinalIgnoreCase))
        {
            var group = $"{subscription}/resourceGroups/{record.Id.Group}/providers/{space}";
            return ($"{group}/privateDnsOperationStatuses", $"{group}/privateDnsOperationResults", token);
        }

        var location = Dotted.Text(record.Document, "location") ?? "global";
        var below = $"{subscription}/providers/{space}/locations/{location}";
        return space switch
        {
            "Microsoft.Storage" => ($"{below}/asyncoperations", $"{below}/asyncoperations", token),
            "Microsoft.ContainerService" => ($"{below}/operations", $"{below}/operationresults", token),
            "Microsoft.Compute" when record.Id.Type.EndsWith("/disks", StringComparison.OrdinalIgnoreCase) => ($"{below}/DiskOperations", $"{below}/DiskOperationResults", token),
            _ => ($"{below}/operations", $"{below}/operationResults", token),
        };
    }

    private static string Address(ArmWorld world, ArmRequest request, ArmOperation operation, string path, string extra)
    {
        var time = world.Now.UtcTicks.ToString(CultureInfo.InvariantCulture);
        var seal = Convert.ToBase64String(SHA512.HashData(Encoding.UTF8.GetBytes(operation.Token + time))).Replace('+', '-').Replace('/', '_');
        return $"{request.BaseUrl}{path}/{operation.Token}?{extra}api-version={operation.ApiVersion}&t={time}&c={Certificate}&s={seal}{seal}{seal}{seal}&h={Signature(operation.Token, time)}";
    }

    private static string Signature(string token, string time) =>
        Convert.ToHexStringLower(HMACSHA256.HashData("sandbox"u8, Encoding.UTF8.GetBytes($"{token}|{time}")));
}
