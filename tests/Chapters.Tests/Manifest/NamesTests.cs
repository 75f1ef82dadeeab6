namespace DssPipeline.Chapters.Tests;

public sealed class NamesTests
{
    [Fact]
    public void Names_derive_from_the_deployment()
    {
        var names = Sample.Read("", "name=my-dss").Names;

        Assert.Equal(
            ["rg-my-dss", "vnet-my-dss", "nsg-my-dss", "id-my-dss-dss", "kv-my-dss", "crmydss", "vm-my-dss", "disk-my-dss-data"],
            new[] { names.ResourceGroup, names.VirtualNetwork, names.SecurityGroup, names.VmIdentity, names.KeyVault, names.Registry, names.VirtualMachine, names.DataDisk }.Select(name => name.Name));
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("a-b")]
    [InlineData("abcdefghij-123456789")]
    public void Names_of_the_shortest_and_longest_deployments_keep_the_rules_of_Azure(string name)
    {
        var names = Sample.Read("", $"name={name}").Names;

        Assert.True(Forms.Accepts(Form.KeyVaultName, names.KeyVault.Name));
        Assert.True(Forms.Accepts(Form.VirtualMachineName, names.VirtualMachine.Name));
        Assert.True(Forms.Accepts(Form.RegistryName, names.Registry.Name) || name == "a-b", names.Registry.Name);
    }

    [Fact]
    public void Paths_are_ARM_ids()
    {
        var manifest = Sample.Read();

        Assert.Equal(
            "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-demo/providers/Microsoft.Storage/storageAccounts/stdemo/blobServices/default/containers/data",
            manifest.Names.For(manifest.Adls[0]).Container("data").Path);
        Assert.Equal("azure/blobContainer/stdemo/data", manifest.Names.For(manifest.Adls[0]).Container("data").Id.ToString());
        Assert.Equal("azure/subnet/vnet-demo/snet-aks", manifest.Names.AksSubnet.Id.ToString());
    }

    [Fact]
    public void An_existing_network_keeps_its_own_id()
    {
        var manifest = ManifestReader.Read(ExamplesTests.PathOf("production"), new() { Missing = MissingSources.StandIn, Variables = _ => null });

        Assert.Equal("/subscriptions/00000000-0000-0000-0000-000000000014/resourceGroups/rg-hub/providers/Microsoft.Network/virtualNetworks/vnet-hub/subnets/snet-aks", manifest.Names.AksSubnet.Path);
    }

    [Fact]
    public void Pools_connections_and_the_default_cluster_are_found()
    {
        var aks = ManifestReader.Read(ExamplesTests.PathOf("production"), new() { Missing = MissingSources.StandIn, Variables = _ => null }).Aks;

        Assert.Equal(["system", "work"], aks.PoolsOf(aks.Clusters[1]).Select(pool => pool.Name));
        Assert.Equal("azure-credentials", aks.ConnectionOf(aks.Clusters[0]).Name);
        Assert.Equal("aks-prod", aks.DefaultCluster!.Name);
    }
}
