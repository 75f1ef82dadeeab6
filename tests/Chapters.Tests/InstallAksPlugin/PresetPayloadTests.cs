using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters.Tests;

/// <summary>What is written into presets, held to the plugin's own description of its parameters.</summary>
public sealed class PresetPayloadTests
{
    [Theory]
    [MemberData(nameof(Examples.All), MemberType = typeof(Examples))]
    public void Every_preset_of_the_examples_states_every_parameter_and_no_other(string example)
    {
        var manifest = Examples.Read(example);

        var connections = manifest.Aks.Connections.Select(connection => new ConnectionPreset(manifest, connection)).SelectMany(preset => ParameterSet.Of(preset.Set).Offences(preset.ConfigWith(new Secret("hunter2"))));
        var pools = manifest.Aks.NodePools.SelectMany(pool => ParameterSet.Of(NodePoolPreset.Set).Offences(new NodePoolPreset(manifest, pool).Config));

        Assert.Equal([], connections);
        Assert.Equal([], pools);
    }

    [Theory]
    [InlineData("auth=servicePrincipal", "connection-info", "tenantId=00000000-0000-0000-0000-000000000002 clientId=00000000-0000-0000-0000-000000000003 password=hunter2")]
    [InlineData("legacy=false", "connection-info-v2", "identityType=service-principal userManagedIdentityId= clientId=00000000-0000-0000-0000-000000000003 password=hunter2")]
    [InlineData("auth=managedIdentity", "connection-info-v2", "identityType=user-assigned userManagedIdentityId=/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-reference/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-reference-dss tenantId= clientId= password=")]
    public void The_preset_follows_how_the_plugin_signs_in(string set, string parameterSet, string expected)
    {
        var manifest = Examples.Read("reference", $"aks.connections[aks-connection].{set}");
        var preset = new ConnectionPreset(manifest, manifest.Aks.Connections[0]);

        var config = preset.ConfigWith(preset.Application is null ? null : new Secret("hunter2"));

        Assert.Equal(parameterSet, preset.Set);
        Assert.Equal([], ParameterSet.Of(preset.Set).Offences(config));
        Assert.Equal("00000000-0000-0000-0000-000000000001", $"{config["subscriptionId"]}");
        Assert.All(expected.Split(' '), pair => Assert.Equal(pair, $"{pair.Split('=')[0]}={config[pair.Split('=')[0]]}"));
    }

    [Fact]
    public void The_first_pool_of_a_cluster_that_the_plugin_makes_is_its_system_pool()
    {
        var manifest = Examples.Read("production", "aks.nodePools[system].mode=null", "aks.nodePools[work].mode=null", "aks.nodePools[gpu].mode=null");

        var modes = manifest.Aks.NodePools.Select(pool => $"{new NodePoolPreset(manifest, pool).Config["mode"]}");

        Assert.Equal(["System", "User", "User"], modes);
    }

    [Theory]
    [InlineData("aks", """{"useSameNetworkAsDSSHost":false,"subnet":"snet-aks"}""")]
    [InlineData("dss", """{"useSameNetworkAsDSSHost":true,"vnet":"","subnet":""}""")]
    public void A_pool_is_in_the_subnet_that_the_manifest_says(string subnet, string expected)
    {
        var manifest = Examples.Read("reference", $"aks.nodePools[nodes].subnet={subnet}");

        var config = new NodePoolPreset(manifest, manifest.Aks.NodePools[0]).Config;

        Assert.All(JsonNode.Parse(expected)!.AsObject(), member => Assert.Equal(member.Value!.ToJsonString(), config[member.Key]!.ToJsonString()));
        Assert.Equal(subnet == "aks" ? manifest.Names.VirtualNetwork.Path : "", $"{config["vnet"]}");
    }

    [Fact]
    public void A_parameter_that_is_missing_wrong_or_unknown_would_be_found()
    {
        var manifest = Examples.Read("reference");
        var config = new NodePoolPreset(manifest, manifest.Aks.NodePools[0]).Config;

        config.Remove("useSameNetworkAsDSSHost");
        config["mode"] = "Other";
        config["numNodes"] = "3";
        config["labels"] = new JsonObject { ["a"] = "b" };
        config["machineType"] = "x";

        Assert.Equal(["machineType is no parameter", "useSameNetworkAsDSSHost is not stated", "numNodes is no INT: \"3\"", "mode is no SELECT: \"Other\"", "labels is no KEY_VALUE_LIST: {\"a\":\"b\"}"], ParameterSet.Of(NodePoolPreset.Set).Offences(config));
    }

    [Fact]
    public void A_mandatory_parameter_that_says_nothing_would_be_found_where_it_is_asked_for()
    {
        var manifest = Examples.Read("reference", "aks.connections[aks-connection].legacy=false");
        var preset = new ConnectionPreset(manifest, manifest.Aks.Connections[0]);
        var config = preset.ConfigWith(new Secret("hunter2"));

        config["clientId"] = "";
        var asked = ParameterSet.Of(preset.Set).Offences(config);
        config["identityType"] = "user-assigned";
        var unasked = ParameterSet.Of(preset.Set).Offences(config);

        Assert.Equal(["clientId is mandatory and says nothing"], asked);
        Assert.Equal([], unasked);
        Assert.Equal(["clusterId is mandatory and says nothing"], ParameterSet.Of("test-network.runnable").Offences(NetworkMacro.Parameters("")));
    }
}
