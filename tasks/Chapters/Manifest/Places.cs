using System.Collections.ObjectModel;

namespace DssPipeline.Chapters;

/// <summary>Where each value of the manifest was written, by JSON pointer.</summary>
public sealed class Places(IReadOnlyDictionary<string, Place> known)
{
    public static Places None { get; } = new(ReadOnlyDictionary<string, Place>.Empty);

    /// <summary>Every value that was written.</summary>
    public IEnumerable<(string Pointer, Place Place)> All => known.Select(pair => (pair.Key, pair.Value));

    /// <summary>The place of the pointer, or of the nearest value above it that was written; null when there is none.</summary>
    public Place? Of(string pointer)
    {
        for (var path = pointer; ; path = path[..path.LastIndexOf('/')])
        {
            if (known.TryGetValue(path, out var place)) return place;
            if (path.Length == 0) return null;
        }
    }

    /// <summary>Whether exactly this value was written, rather than left to its default.</summary>
    public bool IsWritten(string pointer) => known.ContainsKey(pointer);
}
