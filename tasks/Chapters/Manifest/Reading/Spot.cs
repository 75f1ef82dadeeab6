using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>A value of the manifest on the way down to it: its JSON pointer, the path people read, and its place.</summary>
internal sealed record Spot(string Pointer, string Path, Place Place)
{
    public static Spot Root(Place place) => new("", "", place);

    public Spot Key(string name, Place place) =>
        new($"{Pointer}/{Convergence.Pointer.Escape(name)}", Path.Length == 0 ? name : $"{Path}.{name}", place);

    /// <summary>An item of a list, called by its name where it has one.</summary>
    public Spot Item(int index, string? name, Place place) => new($"{Pointer}/{index}", $"{Path}[{name ?? $"{index}"}]", place);
}
