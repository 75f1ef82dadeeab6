namespace DssPipeline.Chapters;

/// <summary>One comment of a conversation.</summary>
/// <param name="Id">How its host names it.</param>
public sealed record Comment(string Id, string Text);
