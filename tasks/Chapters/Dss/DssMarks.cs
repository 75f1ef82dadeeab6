using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The marks of this deployment in DSS, whose objects take no tags: a line of text for each, among the variables of the instance.</summary>
/// <param name="path">The document of variables.</param>
/// <param name="member">The member of it that holds them; null when the document itself does.</param>
internal sealed class DssMarks(Dss dss, string path = DssMarks.OfInstance, string? member = null)
{
    /// <summary>The variables of the instance.</summary>
    public const string OfInstance = "admin/variables/";

    private DssDocument Document => dss.Document(path);

    /// <summary>The variable that holds the mark of a thing.</summary>
    public static string NameOf(ResourceId id) => $"dss-pipeline.{id.Kind}.{id.Name}";

    public async Task<string?> ReadAsync(ResourceId id, CancellationToken cancel) =>
        Holder(await Document.ReadAsync(cancel))?[NameOf(id)]?.ToString();

    public async Task WriteAsync(ResourceId id, string mark, CancellationToken cancel)
    {
        await Document.ChangeAsync(Overlay, [PointerOf(id)], cancel);

        void Overlay(JsonObject variables)
        {
            if (member is not null) variables[member] ??= new JsonObject();
            Holder(variables)![NameOf(id)] = mark;
        }
    }

    /// <summary>Takes the mark away; one that was kept in the thing itself went with it.</summary>
    public async Task RemoveAsync(ResourceId id, CancellationToken cancel)
    {
        if (await Document.ReadAsync(cancel) is not null) await Document.ChangeAsync(variables => Holder(variables)?.Remove(NameOf(id)), [PointerOf(id)], cancel);
    }

    private string PointerOf(ResourceId id) => $"{(member is null ? "" : $"/{member}")}/{Pointer.Escape(NameOf(id))}";

    private JsonObject? Holder(JsonObject? variables) => member is null ? variables : variables?[member] as JsonObject;
}
