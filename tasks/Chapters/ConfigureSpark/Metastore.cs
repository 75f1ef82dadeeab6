using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The catalog that DSS synchronizes its datasets to.</summary>
public sealed class Metastore(Dss dss, Manifest manifest) : SettingsPart(dss, "metastore", manifest.Name)
{
    protected override JsonObject Wish => (JsonObject)Json.Of(new { metastoreCatalogsSettings = new { synchronizeTo = new { flavor = manifest.Spark.Metastore } } });
}
