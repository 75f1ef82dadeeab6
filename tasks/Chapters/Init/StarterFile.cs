namespace DssPipeline.Chapters;

/// <summary>One file of a new repository.</summary>
/// <param name="Path">Where it belongs, relative to the repository, with <c>/</c> between folders.</param>
public sealed record StarterFile(string Path, string Text);
