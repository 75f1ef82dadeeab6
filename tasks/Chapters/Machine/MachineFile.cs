using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>A file of the machine with all that is in it. A short text is shown in the plan as it is, a long one by its checksum, a secret by its fingerprint alone.</summary>
public sealed class MachineFile : MachineResource
{
    private const int Short = 4096;

    private readonly string path;
    private readonly Secret content;
    private readonly string shows;

    public MachineFile(Machine machine, string path, string content)
        : this(machine, path, new Secret(content), Encoding.UTF8.GetByteCount(content) <= Short ? "content" : "sha256")
    {
    }

    public MachineFile(Machine machine, string path, Secret content)
        : this(machine, path, content, "fingerprint")
    {
    }

    private MachineFile(Machine machine, string path, Secret content, string shows)
        : base(machine, "file", path.TrimStart('/'))
    {
        this.path = path;
        this.content = content;
        this.shows = shows;
    }

    public string Owner { get; init; } = "root";

    public string Group { get; init; } = "root";

    /// <summary>Four octal digits.</summary>
    public string Mode { get; init; } = "0644";

    public override JsonNode Desired => new JsonObject
    {
        ["owner"] = Owner,
        ["group"] = Group,
        ["mode"] = Mode,
        [shows] = shows == "content" ? content.Reveal() : Sum(),
    };

    public override Problem? Objection(Verb verb, JsonNode? desired, JsonNode? observed) => InTheWay.Of(Id, path, observed);

    public override Task<JobValues> MakingAsync(Change change, CancellationToken cancel) => Task.FromResult<JobValues>(new()
    {
        { "path", path },
        { "shows", shows },
        { "owner", Owner },
        { "group", Group },
        { "mode", Mode },
        { "content", content },
    });

    protected override JobValues Asking => new() { { "path", path }, { "shows", shows } };

    private string Sum() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content.Reveal())));
}
