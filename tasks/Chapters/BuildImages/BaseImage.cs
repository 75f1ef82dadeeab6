using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>A base image in the engine of the machine. It carries what it was built from, so it is rebuilt exactly when that changed or the image did.</summary>
public sealed class BaseImage(Machine machine, Manifest manifest, BaseImageKind kind) : MachineResource(machine, "baseImage", kind.Key)
{
    private readonly ImageInputs inputs = new(manifest, kind);

    public override IReadOnlyList<ResourceId> After => [Names.Docker, manifest.Names.DssInstallation, .. kind == BaseImageKind.Spark ? [manifest.Names.DssSpark] : Array.Empty<ResourceId>()];

    public override bool IsLong => true;

    /// <summary>Nobody upgrades DSS while its dssadmin builds.</summary>
    public override string MachineLock => "dss";

    public override bool NeedsPermission => false;

    public override JsonNode Desired => new JsonObject { ["inputs"] = inputs.Document };

    protected override JobValues Asking => new()
    {
        { "type", kind.Type },
        { "tag", inputs.Wish.Tag },
        { "version", manifest.Dss.Version },
        { "dataDirectory", manifest.Dss.DataDirectory },
    };

    public override Task<JobValues> MakingAsync(Change change, CancellationToken cancel)
    {
        var options = new ImageOptions(manifest, kind);
        JobValues values = [];
        foreach (var (name, value) in Asking) values.Add(name, value);
        values.Add("user", manifest.Vm.DssUser.Name);
        values.Add("inputs", Word(inputs.Document));
        values.Add("argument", options.Arguments);
        values.Add("needs", options.Needs);
        values.Add("prepend", inputs.Wish.DockerfilePrepend);
        values.Add("append", inputs.Wish.DockerfileAppend);
        return Task.FromResult(values);
    }

    public override string? Interruption(IReadOnlyList<Difference> differences) => "The build takes 10 to 30 minutes. DSS goes on with the old image meanwhile.";

    protected override JsonNode? Seen(JsonObject fact) => new JsonObject
    {
        ["image"] = fact["image"]?.DeepClone(),
        ["id"] = fact["id"]?.DeepClone(),
        ["inputs"] = inputs.Filled(Read((string?)fact["inputs"] ?? "")),
    };

    /// <summary>The document as one word, which survives every command line between here and the engine.</summary>
    private static string Word(JsonObject document) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(document.ToJsonString()));

    /// <summary>An image that somebody else made carries nothing, or nothing that can be read.</summary>
    private static JsonObject Read(string word)
    {
        try
        {
            return JsonNode.Parse(Base64Url.DecodeFromChars(word)) as JsonObject ?? [];
        }
        catch (Exception unreadable) when (unreadable is FormatException or JsonException)
        {
            return [];
        }
    }
}
