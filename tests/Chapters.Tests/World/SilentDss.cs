using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters.Tests;

/// <summary>A DSS for tests of what is declared: nobody asks it.</summary>
internal static class SilentDss
{
    public static Dss Of(Manifest manifest) => new(new() { Host = manifest.Names.Dss, Wished = DssVersion.Parse(manifest.Dss.Version), Address = new("http://localhost"), Key = _ => throw new InvalidOperationException("Nobody asks.") }, TimeProvider.System);
}
