using Azure.Core;
using DssPipeline.Chapters;
using DssPipeline.Planes;
using ArmOptions = DssPipeline.Planes.ArmOptions;

namespace DssPipeline.Docs.Tests;

/// <summary>What each task declares for the examples, everywhere that can be looked into, as <c>plane/kind</c>. Declaring asks nobody.</summary>
internal static class Declared
{
    private static readonly string[] Examples = ["minimal", "reference", "production"];

    public static ILookup<string, string> Kinds { get; } = Examples.SelectMany(Of).Distinct().ToLookup(one => one.Task, one => one.Kind, StringComparer.Ordinal);

    private static IEnumerable<(string Task, string Kind)> Of(string example)
    {
        var manifest = ManifestReader.Read(Repository.Full($"examples/{example}.yml"), new ReadOptions { Missing = MissingSources.StandIn, Variables = _ => null });
        var arm = new Arm(new ArmOptions { Endpoints = AzureEndpoints.Public, Deployment = manifest.Name }, DelegatedTokenCredential.Create((_, _) => throw Nobody), TimeProvider.System);
        var machine = new Machine(new() { Host = manifest.Names.Machine }, new ProcessShell("false", []), TimeProvider.System);
        var dss = new Dss(new() { Host = manifest.Names.Dss, Wished = DssVersion.Parse(manifest.Dss.Version), Address = new("http://localhost"), Key = _ => throw Nobody }, TimeProvider.System);
        var clusters = new Clusters(name => new() { Cluster = name, Kubeconfig = _ => throw Nobody }, TimeProvider.System);
        return
        [
            .. from task in Contents.With(arm, TimeProvider.System, machine, dss: dss, clusters: clusters).All
               from resource in task.Declare(manifest)
               select (Contents.NameOf(task.GetType()), $"{resource.Id.Plane}/{resource.Id.Kind}"),
        ];
    }

    private static InvalidOperationException Nobody => new("Nobody is asked.");
}
