namespace DssPipeline.Chapters.Tests;

/// <summary>Something that was sent to DSS for the plugin: what it is, and what the plugin or DSS would find wrong with it.</summary>
internal sealed record PluginPayload(string Kind, params IReadOnlyList<string> Offences);
