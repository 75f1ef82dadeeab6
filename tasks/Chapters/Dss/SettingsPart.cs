using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>A few members of the general settings of DSS. Of lists in them, items are met by their names, and none is taken away.</summary>
public abstract class SettingsPart(Dss dss, string kind, string name) : DssPart(dss, kind, name)
{
    public override Comparison Comparison => base.Comparison with { Unordered = [""] };

    protected sealed override string Path => SettingsEntry.General;

    protected sealed override JsonObject See(JsonObject document) => (JsonObject)NamedItems.Within(document, Wish)!;

    protected sealed override void Lay(JsonObject document, JsonObject wish) => NamedItems.Lay(document, wish);

    protected sealed override IReadOnlyList<string> Owned => NamedItems.Pointers(Wish, "");
}
