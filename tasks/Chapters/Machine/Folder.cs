using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>A folder of the machine, made with what is above it. What is in it is nobody's business here.</summary>
public sealed class Folder(Machine machine, string path) : MachineResource(machine, "folder", path.TrimStart('/'))
{
    public string Owner { get; init; } = "root";

    public string Group { get; init; } = "root";

    /// <summary>Four octal digits.</summary>
    public string Mode { get; init; } = "0755";

    /// <summary>Whom everything below is given to whenever the folder itself is.</summary>
    public FolderReach Reach { get; init; } = FolderReach.Top;

    public override JsonNode Desired => Json.Of(new { owner = Owner, group = Group, mode = Mode });

    public override Problem? Objection(Verb verb, JsonNode? desired, JsonNode? observed) => InTheWay.Of(Id, path, observed);

    protected override JobValues Asking => new()
    {
        { "path", path },
        { "owner", Owner },
        { "group", Group },
        { "mode", Mode },
        { "reach", Reach is FolderReach.Everything ? "everything" : "top" },
    };
}

/// <summary>How far the owner of a folder reaches.</summary>
public enum FolderReach
{
    /// <summary>The folder alone.</summary>
    Top,

    /// <summary>All that is below it on the same file system, too; the top is given last, so that a cut is noticed.</summary>
    Everything,
}
