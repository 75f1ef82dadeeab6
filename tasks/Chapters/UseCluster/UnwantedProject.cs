using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>A project that the manifest wants no longer, and names as one that may go.</summary>
internal sealed class UnwantedProject(Dss dss, Manifest manifest, string key) : Project(dss, manifest, key, null);
