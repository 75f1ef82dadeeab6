namespace DssPipeline.Planes.Tests;

public sealed class ArmAddressTests
{
    private const string Group = "/subscriptions/s1/resourceGroups/rg1";
    private const string Network = Group + "/providers/Microsoft.Network/virtualNetworks/v1";

    [Theory]
    [InlineData("/subscriptions/s1", "Microsoft.Resources/subscriptions")]
    [InlineData(Group, "Microsoft.Resources/resourceGroups")]
    [InlineData("/subscriptions/s1/providers/Microsoft.Network", "Microsoft.Resources/providers")]
    [InlineData(Network, "Microsoft.Network/virtualNetworks")]
    [InlineData(Network + "/subnets/a", "Microsoft.Network/virtualNetworks/subnets")]
    [InlineData(Network + "/providers/Microsoft.Authorization/locks/l", "Microsoft.Authorization/locks")]
    [InlineData("/subscriptions/s1/providers/Microsoft.KeyVault/locations/x/deletedVaults/k", "Microsoft.KeyVault/locations/deletedVaults")]
    public void The_type_is_read_from_the_id(string id, string type) => Assert.Equal(type, new ArmAddress(id, "1").Type);

    [Theory]
    [InlineData(Network, Group)]
    [InlineData(Network + "/subnets/a", Network)]
    [InlineData(Network + "/providers/Microsoft.Authorization/locks/l", Network)]
    [InlineData(Group + "/providers/Microsoft.Authorization/locks/l", Group)]
    public void The_parent_is_what_it_lives_in(string id, string parent) => Assert.Equal(parent, new ArmAddress(id, "1").Parent);

    [Theory]
    [InlineData(Network + "/subnets/a", Group)]
    [InlineData("/subscriptions/s1/resourcegroups/rg1", "/subscriptions/s1/resourcegroups/rg1")]
    [InlineData("/subscriptions/s1/providers/Microsoft.Network", null)]
    public void The_group_is_found_in_any_case(string id, string? group) => Assert.Equal(group, new ArmAddress(id, "1").ResourceGroup);

    [Theory]
    [InlineData(Network, Network)]
    [InlineData(Network + "/subnets/a", Network)]
    [InlineData(Group + "/providers/Microsoft.ContainerService/managedClusters/c/agentPools/p", Group + "/providers/Microsoft.ContainerService/managedClusters/c")]
    [InlineData(Group + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i/federatedIdentityCredentials/f", Group + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i")]
    [InlineData(Network + "/providers/Microsoft.Authorization/locks/l", null)]
    [InlineData(Group + "/providers/Microsoft.Storage/storageAccounts/a", null)]
    [InlineData(Group + "/providers/Microsoft.Storage/storageAccounts/a/blobServices/default/containers/c", null)]
    public async Task Things_that_azure_changes_one_at_a_time_share_a_lane(string id, string? lane)
    {
        await using var remote = await Remote.StartAsync();

        Assert.Equal(lane, new Thing(ArmSetup.Arm(remote, new SkippingClock()), id, null).Lane);
    }
}
