using System.Text.Json.Nodes;

namespace DssPipeline.Chapters.Tests;

/// <summary>What is sent to DSS of clusters, held to the plugin's own description of its parameters.</summary>
public sealed class ClusterConfigTests
{
    [Theory]
    [MemberData(nameof(Examples.All), MemberType = typeof(Examples))]
    public void Every_cluster_of_the_examples_states_every_parameter_and_no_other(string example)
    {
        var manifest = Examples.Read(example);

        var offences = manifest.Aks.Clusters.SelectMany(cluster => Offences(new(manifest, cluster)));

        Assert.NotEmpty(manifest.Aks.Clusters);
        Assert.Equal([], offences);
    }

    [Theory]
    [InlineData("aks.connections[aks-connection].auth=servicePrincipal", "INLINE", "PRESET", true)]
    [InlineData("aks.connections[aks-connection].legacy=false", "PRESET", "NONE", false)]
    [InlineData("aks.connections[aks-connection].auth=managedIdentity", "PRESET", "NONE", false)]
    public void Only_one_of_the_two_credentials_says_anything(string set, string current, string legacy, bool showsLegacy)
    {
        var manifest = Examples.Read("reference", set);

        var config = new ClusterConfig(manifest, manifest.Aks.Clusters[0]).Made;

        Assert.Equal((current, legacy, showsLegacy), ($"{config["connectionInfoV2"]!["mode"]}", $"{config["connectionInfo"]!["mode"]}", (bool)config["showLegacyOptions"]!));
        Assert.Equal([], Offences(new(manifest, manifest.Aks.Clusters[0])));
    }

    [Fact]
    public void No_secret_is_a_parameter_of_a_cluster()
    {
        foreach (var set in (string[])["auth=servicePrincipal", "legacy=false"])
        {
            var manifest = Examples.Read("reference", $"aks.connections[aks-connection].{set}");
            var secret = manifest.Identity.ServicePrincipal!.ClientSecret.Known!.Reveal();

            Assert.DoesNotContain(secret, new ClusterConfig(manifest, manifest.Aks.Clusters[0]).Made.ToJsonString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_service_principal_of_the_new_kind_has_its_secret_in_a_preset()
    {
        var manifest = Examples.Read("reference", "aks.connections[aks-connection].legacy=false");

        var config = new ClusterConfig(manifest, manifest.Aks.Clusters[0]).Made;
        var preset = ClusterConfig.IdentityConfig("service-principal", "id");
        preset["password"] = "hunter2";

        Assert.True(ClusterConfig.NeedsIdentityPreset(manifest, manifest.Aks.Clusters[0]));
        Assert.Equal("PRESET", $"{config["clusterIdentity"]!["mode"]}");
        Assert.Equal([], ParameterSet.Of(ClusterIdentityPreset.IdentitySet).Offences(preset));
    }

    [Fact]
    public void The_network_of_services_is_the_one_of_the_manifest()
    {
        var manifest = Examples.Read("reference");

        var config = new ClusterConfig(manifest, manifest.Aks.Clusters[0]).Made;

        Assert.Equal(("10.0.0.0/16", "10.0.0.10", "1.33"), ($"{config["serviceCIDR"]}", $"{config["dnsServiceIP"]}", $"{config["clusterVersion"]}"));
        Assert.Equal("""[{"mode":"PRESET","name":"nodes"}]""", config["nodePools"]!.ToJsonString());
    }

    private static IEnumerable<string> Offences(ClusterConfig config) =>
    [
        .. ParameterSet.Of("create-aks-cluster").Offences(config.Made),
        .. ParameterSet.Of("attach-aks-cluster").Offences(config.Attached),
        .. Inlined(config.Made, "clusterIdentity", "cluster-identity"),
        .. Inlined(config.Made, "connectionInfoV2", "connection-info-v2"),
    ];

    private static IEnumerable<string> Inlined(JsonObject config, string parameter, string set) =>
        config[parameter]!["inlinedConfig"] is JsonObject values ? ParameterSet.Of(set).Offences(values) : [];
}
