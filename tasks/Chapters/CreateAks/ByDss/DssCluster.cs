using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>
/// A cluster as DSS defines it. Whether it runs is <see cref="DssClusterState"/>'s. What shaped it when it was made is not asked again while it stands, so it is changed only while it is stopped.
/// </summary>
public class DssCluster(Dss dss, Manifest manifest, string name, ClusterSection? cluster) : MarkedObject(dss, manifest, Kind, name)
{
    internal const string Kind = "cluster";

    private const string StateMember = "state";

    // All that DSS takes of a definition, besides its parameters.
    private static readonly string[] PeoplesOwn = ["permissions", "usableByAll", "owner"];

    public DssCluster(Dss dss, Manifest manifest, ClusterSection cluster)
        : this(dss, manifest, cluster.Name, cluster)
    {
    }

    /// <summary>What its pods wrote is on disks that go with it.</summary>
    public override bool HoldsData => true;

    protected override string Path => Dss.Path("admin", "clusters", Id.Name);

    protected override JsonObject? Wish => cluster is null ? null : new() { ["type"] = WishedType, ["config"] = WishedConfig };

    private string WishedType => cluster!.ManagedBy is ClusterManager.Dss ? ClusterConfig.MadeType : ClusterConfig.AttachedType;

    private JsonObject WishedConfig => cluster!.ManagedBy is ClusterManager.Dss ? new ClusterConfig(Manifest, cluster).Made : new ClusterConfig(Manifest, cluster).Attached;

    public override Problem? Objection(Verb verb, JsonNode? desired, JsonNode? observed)
    {
        if (base.Objection(verb, desired, observed) is { } owned) return owned;
        if (verb is not Verb.Update || cluster is null) return null;
        if ($"{desired!["type"]}" != $"{observed!["type"]}") return OtherKind($"{observed["type"]}");

        var moved = cluster.ManagedBy is ClusterManager.Azure || IsStopped(observed) ? [] : ClusterConfig.FixedAtBirth.Where(key => !JsonNode.DeepEquals(desired["config"]?[key], observed["config"]?[key])).ToList();
        return moved is [] ? null : new Problem(
            "Fixed while the cluster stands",
            $"{Id} was made with other values of {string.Join(", ", moved)}, and the AKS plugin of DSS reads them only when it makes a cluster. "
            + $"Put the old values back; or let the cluster be removed and made anew, which loses what its pods keep on disks: set aks.clusters[{Id.Name}].started to false, name azure/managedCluster/{Id.Name} in policy.allowDelete, deploy, and deploy again with started: true.");
    }

    /// <summary>Makes the definition anew, as one of the other kind: DSS never changes the kind of a cluster. It must be stopped. Who may use it and whose it is stays.</summary>
    internal static async Task RemakeAsync(Dss dss, string name, string type, JsonObject config, CancellationToken cancel)
    {
        var path = Dss.Path("admin", "clusters", name);
        var before = await dss.GetAsync(path, cancel) as JsonObject ?? [];
        await dss.DeleteAsync(path, cancel);
        // A run that is told to end now still puts back what was removed.
        await DefineAsync(dss, name, type, config, CancellationToken.None);
        var theirs = PeoplesOwn.Where(before.ContainsKey).ToList();
        await dss.Document(path, DssWriting.Put).ChangeAsync(made => theirs.ForEach(member => made[member] = before[member]?.DeepClone()), [.. theirs.Select(member => $"/{member}")], CancellationToken.None);
        dss.LookAnew();
    }

    // One that was attached to what a broken start left behind has fewer parameters; those it lacks would be asked when it is made anew.
    private protected override DssSight See(JsonObject document)
    {
        var config = document["params"]?["config"] as JsonObject ?? [];
        var type = $"{document["type"]}";
        if (cluster?.ManagedBy is ClusterManager.Dss && type == ClusterConfig.AttachedType)
        {
            foreach (var (key, value) in WishedConfig.Where(parameter => !config.ContainsKey(parameter.Key)).ToList()) config[key] = value?.DeepClone();
            type = ClusterConfig.MadeType;
        }

        return new(new() { ["type"] = type, ["config"] = config.DeepClone(), [StateMember] = StateOf(document) });
    }

    protected override Task CreateAsync(JsonObject wish, Secret? secret, CancellationToken cancel) =>
        DefineAsync(Dss, Id.Name, $"{wish["type"]}", (JsonObject)wish["config"]!.DeepClone(), cancel);

    protected override void Lay(JsonObject document, JsonObject wish, Secret? secret)
    {
        if (document["params"] is not JsonObject parameters) document["params"] = parameters = [];
        if (parameters["config"] is not JsonObject config) parameters["config"] = config = [];
        foreach (var (key, value) in Known(document, (JsonObject)wish["config"]!))
        {
            // Tags of others stay; of every other parameter the whole value is ours.
            if (key is "tags" && config[key] is JsonObject tags) DssWish.Lay(tags, (JsonObject)value!);
            else config[key] = value?.DeepClone();
        }
    }

    // Of one that was taken over, what its kind has no parameter for is neither written nor found.
    protected override IReadOnlyList<string> Owned(JsonObject wish) => DssWish.Pointers((JsonObject)wish["config"]!, "/params/config");

    // Removed while it runs it would go on in Azure, and nobody would know of it.
    protected override async Task RemoveAsync(CancellationToken cancel)
    {
        await new DssClusterLife(Dss, Id.Name).StopAsync(DssStop.Plain, cancel);
        await Dss.DeleteAsync(Path, cancel);
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Known(JsonObject document, JsonObject config) => $"{document["type"]}" == ClusterConfig.AttachedType
        ? config.Where(parameter => parameter.Key is "connectionInfoV2" or "connectionInfo" or "cluster" or "resourceGroup" or "showLegacyOptions")
        : config;

    private static async Task DefineAsync(Dss dss, string name, string type, JsonObject config, CancellationToken cancel)
    {
        var body = new JsonObject { ["name"] = name, ["type"] = type, ["architecture"] = "KUBERNETES", ["params"] = new JsonObject { ["config"] = config } };
        var made = await dss.PostAsync("admin/clusters/", body, cancel);
        var trouble = DssMessages.FailureIn(made);
        if (made?["id"]?.ToString() is { } id && id != name)
        {
            // The next run would not find it either, and leave another.
            trouble = $"DSS gave it the id {id}, and this program finds clusters by their name. {await TakeBackAsync(dss, id)}";
        }

        if (trouble is not null) throw new ProblemException(new Problem("Cluster cannot be defined", $"dss/cluster/{name}: {dss.Redactor.Clean(trouble)} Check that the AKS plugin is installed and that its version knows clusters of the type {type}."));
    }

    private static async Task<string> TakeBackAsync(Dss dss, string id)
    {
        try
        {
            await dss.DeleteAsync(Dss.Path("admin", "clusters", id), CancellationToken.None);
            return "So it was removed again.";
        }
        catch (ProblemException failure)
        {
            return $"Remove the cluster {id} in DSS by hand: {failure.Problems[0].Detail}";
        }
    }

    private static string StateOf(JsonObject document) =>
        $"{(document[StateMember] is JsonObject inner ? inner[StateMember] : document[StateMember])}" is { Length: > 0 } told ? told
        : document["data"] is JsonObject { Count: > 0 } ? DssClusterStatus.Running
        : DssClusterStatus.None;

    private static bool IsStopped(JsonNode observed) => $"{observed[StateMember]}" is DssClusterStatus.None;

    private Problem OtherKind(string type) => new(
        "Cluster is of another kind",
        $"{Id} is of the type {type} in DSS, and aks.clusters[{Id.Name}].managedBy asks for {WishedType}. DSS never changes the type of a cluster. Give the cluster another name, or remove it in DSS after stopping it there, and run again.");
}
