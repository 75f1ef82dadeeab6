using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>What an instance says of itself, of its licence and of who asks.</summary>
internal sealed class DssInstanceRoutes(DssInstance dss)
{
    private readonly long _started = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    public IEnumerable<DssRoute> Routes =>
    [
        new("GET", "admin/licensing/status", _ => DssAnswer.Of(dss.License.Status)),
        new("POST", "admin/licensing/license", SetLicense),
        new("GET", "instance-info", _ => DssAnswer.Of(Info)),
        new("GET", "auth/info", AuthInfo),
        new("GET", "admin/variables", _ => DssAnswer.Of(dss.Data.Read(Variables) ?? new JsonObject())),
        new("PUT", "admin/variables", PutVariables),
    ];

    private const string Variables = "config/variables.json";

    private JsonObject Info => new()
    {
        ["nodeId"] = dss.Data.InstallId,
        ["nodeName"] = Environment.MachineName,
        ["nodeType"] = dss.Data.NodeType.ToUpperInvariant(),
        ["installId"] = dss.Data.InstallId,
        ["dipInstanceId"] = dss.Data.InstallId,
        ["dssVersion"] = dss.Data.Version,
        ["dssStartupTimestamp"] = _started,
        ["dataDirPath"] = dss.Data.Root,
    };

    private DssAnswer SetLicense(DssCall call)
    {
        dss.License.Set(call.Object.ToJsonString());
        return DssAnswer.Empty;
    }

    private DssAnswer PutVariables(DssCall call)
    {
        dss.Data.Write(Variables, call.Object);
        return DssAnswer.Empty;
    }

    private static DssAnswer AuthInfo(DssCall call) => DssAnswer.Of(new JsonObject
    {
        ["authIdentifier"] = $"api:{call.Key.Id}",
        ["groups"] = new JsonArray(),
        ["authSource"] = "PERSONAL_API_KEY",
        ["userProfile"] = "API",
    });
}
