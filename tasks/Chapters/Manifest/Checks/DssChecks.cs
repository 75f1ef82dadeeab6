using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>Whether what DSS is asked for is there to be had.</summary>
internal static class DssChecks
{
    public static IReadOnlyList<Check> All { get; } =
    [
        new(["/dss/version", "/dss/java"], Java),
        new(["/dss/version", "/dss/api"], Known),
        new(["/dss/https"], Https),
        new(["/vm/access", "/dss/https", "/dss/api", "/dss/license", "/dss/nodeType"], ClearText),
        new(["/dss/version", "/dss/sparkVersion", "/dss/archives", "/dss/nodeType"], Spark),
        new(["/dss/upgrade", "/dss/dataDirectory"], Backup),
        new(["/containers/executionConfigs"], manifest => PrePush(manifest.Containers.ExecutionConfigs.Select(config => (config.Name, config.PrePush, config.PrePushScript)), "containers", "executionConfigs")),
        new(["/spark/configs"], manifest => PrePush(manifest.Spark.Configs.Select(config => (config.Name, config.PrePush, config.PrePushScript)), "spark", "configs")),
        new(["/containers/executionConfigs"], Requests),
        new(["/images"], Images),
        new(["/aks/plugin"], Plugin),
    ];

    private static IEnumerable<Mismatch> Java(Manifest manifest)
    {
        var major = int.Parse(manifest.Dss.Version.Split('.')[0]);
        if (major >= 14 && manifest.Dss.Java != "17")
        {
            yield return new("/dss/java", Summaries.Versions, $"dss.java is {manifest.Dss.Java}, but DSS {manifest.Dss.Version} runs on Java 17 only. Remove dss.java.");
        }

        if (major == 12 && manifest.Dss.Java == "17")
        {
            yield return new("/dss/version", Summaries.Versions, $"dss.version is {manifest.Dss.Version}, and DSS 12 does not run on Java 17. Set dss.java to \"11\", or choose a newer version.");
        }
    }

    private static IEnumerable<Mismatch> Known(Manifest manifest)
    {
        if (!manifest.Dss.Api.AnyVersion && DssVersion.Parse(manifest.Dss.Version) is { IsKnown: false })
        {
            yield return new("/dss/version", Summaries.Versions, $"dss.version is {manifest.Dss.Version}, and this program knows where DSS {DssVersion.Oldest} to {DssVersion.Newest} keep their settings; what moved since would be dropped in silence. Take a newer release of this program, or set dss.api.anyVersion: whatever DSS drops is named then.");
        }
    }

    private static IEnumerable<Mismatch> Https(Manifest manifest)
    {
        var https = manifest.Dss.Https;
        if (https.Mode is not HttpsMode.None && (https.Certificate is null || https.Key is null))
        {
            yield return new("/dss/https/mode", Summaries.Contradiction, "dss.https.mode asks for https, but dss.https.certificate and dss.https.key are not both stated. Name both, such as ${keyvault:kv-demo/dss-certificate}.");
        }
    }

    /// <summary>Also in a rehearsal, where no key leaves this machine: what cannot be deployed is not rehearsed.</summary>
    private static IEnumerable<Mismatch> ClearText(Manifest manifest)
    {
        var dss = manifest.Dss;
        if (!DssAccess.IsAsked(manifest)) yield break;

        const string Danger = "the key of DSS's administrator would be sent for everybody on the way to read";
        if (dss.Api.Url is { } url)
        {
            if (new Uri(url) is { IsLoopback: false } address && address.Scheme != Uri.UriSchemeHttps)
            {
                yield return new("/dss/api/url", Summaries.Contradiction, $"dss.api.url is {url}, which is plain http beyond the machine itself: {Danger}. Name an address of https; with dss.api.access ssh, http://localhost is one of the machine.");
            }
        }
        else if (dss.Https.Mode is HttpsMode.None && !DssAccess.IsThroughSshOf(manifest))
        {
            var way = dss.Api.Access is DssApiAccess.Direct ? "dss.api.access is direct" : "vm.access is runCommand";
            yield return new("/dss/https/mode", Summaries.Contradiction, $"{way}, so the run asks DSS at its own address, and without dss.https that is plain http: {Danger}. State dss.https, or set dss.api.access to ssh.");
        }
    }

    private static IEnumerable<Mismatch> Spark(Manifest manifest)
    {
        if (manifest.Dss.NodeType is "design" or "automation" && manifest.Dss.Archives.Spark.Url is null && new DssArchives(manifest.Dss).SparkVersion is null)
        {
            yield return new("/dss/version", Summaries.Versions, $"dss.version is {manifest.Dss.Version}, and which Spark is published for it is not known here, although the name of the archive holds it. Set dss.sparkVersion: the list of downloads of that version shows it, as in dataiku-dss-spark-standalone-{manifest.Dss.Version}-3.5.3-generic-hadoop3.tar.gz.");
        }
    }

    private static IEnumerable<Mismatch> Backup(Manifest manifest)
    {
        var (backups, data) = (manifest.Dss.Upgrade.BackupDirectory, manifest.Dss.DataDirectory);
        if (backups == data || backups?.StartsWith($"{data}/", StringComparison.Ordinal) is true)
        {
            yield return new("/dss/upgrade/backupDirectory", Summaries.Contradiction, $"dss.upgrade.backupDirectory {backups} lies in dss.dataDirectory {data}, so each backup would hold those before it, and be lost with the data. Put it beside.");
        }
    }

    private static IEnumerable<Mismatch> PrePush(IEnumerable<(string Name, PrePush Mode, string? Script)> configs, string section, string list) =>
        configs.Index().Where(pair => pair.Item is { Mode: Chapters.PrePush.Custom, Script: null }).Select(pair => new Mismatch(
            $"/{section}/{list}/{pair.Index}/prePush",
            Summaries.Contradiction,
            $"{section}.{list}[{pair.Item.Name}].prePush is custom, but prePushScript does not say which script. State its path on the machine."));

    private static IEnumerable<Mismatch> Requests(Manifest manifest)
    {
        foreach (var (index, config) in manifest.Containers.ExecutionConfigs.Index())
        {
            var (pointer, path) = ($"/containers/executionConfigs/{index}", $"containers.executionConfigs[{config.Name}]");
            if (config.CpuRequest > config.CpuLimit) yield return new($"{pointer}/cpuRequest", Summaries.Contradiction, $"{path}.cpuRequest is {config.CpuRequest}, more than its cpuLimit {config.CpuLimit}. Kubernetes refuses such pods: lower the one or raise the other.");
            if (config.MemoryRequestMB > config.MemoryLimitMB) yield return new($"{pointer}/memoryRequestMB", Summaries.Contradiction, $"{path}.memoryRequestMB is {config.MemoryRequestMB}, more than its memoryLimitMB {config.MemoryLimitMB}. Kubernetes refuses such pods: lower the one or raise the other.");
        }
    }

    private static IEnumerable<Mismatch> Images(Manifest manifest)
    {
        (string Key, BaseImageSection Image)[] images = [("containerExec", manifest.Images.ContainerExec), ("spark", manifest.Images.Spark), ("cde", manifest.Images.Cde)];
        foreach (var (key, image) in images)
        {
            if (image is { Mode: not ImageMode.Build, SourceImage: null }) yield return new($"/images/{key}/mode", Summaries.Contradiction, $"images.{key}.mode is {KeyShape.Camel(image.Mode.ToString())}, but images.{key}.sourceImage does not say which image. State it, or set the mode to build.");
            if (key == "spark" && image.CudaVersion is not null) yield return new("/images/spark/cudaVersion", Summaries.Contradiction, "images.spark.cudaVersion is stated, but the image of Spark cannot include CUDA. Move it to images.containerExec.");
        }
    }

    private static IEnumerable<Mismatch> Plugin(Manifest manifest)
    {
        if (manifest.Aks.Plugin is { Source: not PluginSource.Store, Url: null } plugin)
        {
            yield return new("/aks/plugin/source", Summaries.Contradiction, $"aks.plugin.source is {KeyShape.Camel(plugin.Source.ToString())}, but aks.plugin.url does not say where. State the address, or set the source to store.");
        }
    }
}
