namespace DssPipeline.Chapters.Tests;

public sealed class SettingTests
{
    [Fact]
    public void A_value_deep_down_is_set()
    {
        var manifest = Sample.Read("", "vm.osDisk.sizeGB=128", "registry.sku=Premium", "vm.trustedLaunch=false");

        Assert.Equal((128, "Premium", false), (manifest.Vm.OsDisk.SizeGB, manifest.Registry.Sku, manifest.Vm.TrustedLaunch));
    }

    [Fact]
    public void Texts_need_no_quotes()
    {
        var manifest = Sample.Read("", "vm.zone=1", "aks.clusters[aks-demo].kubernetesVersion=1.30");

        Assert.Equal(("1", "1.30"), (manifest.Vm.Zone, manifest.Aks.Clusters[0].KubernetesVersion));
    }

    [Fact]
    public void An_item_is_found_by_name_or_number()
    {
        var manifest = Sample.Read("", "adls[stother].sku=Standard_ZRS", "adls[0].accessTier=Cool");

        Assert.Equal(["Cool Standard_LRS", "Hot Standard_ZRS"], manifest.Adls.Select(account => $"{account.AccessTier} {account.Sku}"));
    }

    [Fact]
    public void The_next_free_number_adds_an_item()
    {
        var manifest = Sample.Read("", "network.allowedSources[1]=198.51.100.0/24");

        Assert.Equal(["203.0.113.0/24", "198.51.100.0/24"], manifest.Network.AllowedSources);
    }

    [Fact]
    public void A_list_is_replaced()
    {
        var manifest = Sample.Read("", "network.allowedSources=[198.51.100.0/24, 192.0.2.0/24]");

        Assert.Equal(["198.51.100.0/24", "192.0.2.0/24"], manifest.Network.AllowedSources);
    }

    [Fact]
    public void Nothing_takes_the_key_away()
    {
        var manifest = Sample.Read("registry: { sku: Premium }\n", "registry.sku=");

        Assert.Equal("Standard", manifest.Registry.Sku);
    }

    [Fact]
    public void The_last_of_several_counts()
    {
        var manifest = Sample.Read("", "vm.size=Standard_D4s_v5", "vm.size=Standard_D16s_v5");

        Assert.Equal("Standard_D16s_v5", manifest.Vm.Size);
    }

    [Theory]
    [InlineData("vm.sizee=Standard_D4s_v5", "--set vm.sizee: Unknown key: vm has no key \"sizee\". Did you mean size?")]
    [InlineData("vm.osDisk.sizeGB=many", "--set vm.osDisk.sizeGB: Wrong type: vm.osDisk.sizeGB is the text \"many\".")]
    [InlineData("vm.size", "--set vm.size: --set not understood: Write --set path=value")]
    [InlineData("=x", "--set : --set not understood: Write --set path=value")]
    [InlineData("adls[stnone].sku=Standard_ZRS", "--set adls[stnone].sku: --set not understood: The list has no item stnone. It has 2: stdemo, stother.")]
    [InlineData("adls[7].sku=Standard_ZRS", "--set adls[7].sku: --set not understood: The list has no item 7.")]
    [InlineData("name.x=1", "--set name.x: Wrong type: name is a section.")]
    [InlineData("network.allowedSources=[1", "--set network.allowedSources: --set not understood: ")]
    public void Problems_are_told_at_the_setting(string set, string expected)
    {
        var problems = Sample.Problems(Sample.Options with { Sets = [set] });

        Assert.Contains(problems, problem => problem.StartsWith(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void A_secret_in_a_setting_is_refused_and_not_repeated()
    {
        var problem = Assert.Single(Sample.Problems(Sample.Options with { Sets = ["dss.license=hunter2"] }));

        Assert.StartsWith("--set dss.license: Secret in plain text", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", problem, StringComparison.Ordinal);
    }
}
