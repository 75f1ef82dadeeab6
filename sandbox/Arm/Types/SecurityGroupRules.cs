using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Network security groups: rules inside the body replace the whole set; six default rules are always there.</summary>
internal sealed class SecurityGroupRules : TypeRules
{
    private const string Path = "properties.securityRules";

    private static readonly (string Name, int Priority, string Direction, string Access, string Source, string Destination)[] Defaults =
    [
        ("AllowVnetInBound", 65000, "Inbound", "Allow", "VirtualNetwork", "VirtualNetwork"),
        ("AllowAzureLoadBalancerInBound", 65001, "Inbound", "Allow", "AzureLoadBalancer", "*"),
        ("DenyAllInBound", 65500, "Inbound", "Deny", "*", "*"),
        ("AllowVnetOutBound", 65000, "Outbound", "Allow", "VirtualNetwork", "VirtualNetwork"),
        ("AllowInternetOutBound", 65001, "Outbound", "Allow", "*", "Internet"),
        ("DenyAllOutBound", 65500, "Outbound", "Deny", "*", "*"),
    ];

    public override void Check(Write write) => InlineChildren.Check(Rules(write));

    public override void Fill(Write write)
    {
        Dotted.Take(write.Document, Path);
        Dotted.Write(write.Document, "properties.defaultSecurityRules", new JsonArray([.. Defaults.Select(rule => Default(write.Id, rule))]));
    }

    public override void Saved(Write write)
    {
        if (write.IsPatch) return;
        var inline = Rules(write);
        foreach (var gone in write.World.Children(write.Id, "securityRules").Where(kept => !inline.Exists(child => child.Id.Key == kept.Id.Key)).ToList()) write.World.Remove(gone);
        inline.ForEach(InlineChildren.Keep);
    }

    public override void CheckDelete(ArmWorld world, ArmRecord record)
    {
        if (Users(world, record, "Microsoft.Network/virtualNetworks/subnets").Concat(Users(world, record, "Microsoft.Network/networkInterfaces")).FirstOrDefault() is not { } user) return;
        throw new ArmError(400, "InUseNetworkSecurityGroupCannotBeDeleted", $"Network security group {record.Id.Text} cannot be deleted because it is in use by the following resources: {user.Id.Text}. In order to delete the Network security group, remove the association with the resource(s). To learn how to do this, see aka.ms/deletensg.");
    }

    public override void Show(ArmWorld world, ArmRecord record, JsonObject copy, ArmRequest request)
    {
        Dotted.Write(copy, Path, new JsonArray([.. world.Children(record.Id, "securityRules").Select(rule => (JsonNode)Views.Show(world, rule, request))]));
        foreach (var (member, type) in new[] { ("properties.subnets", "Microsoft.Network/virtualNetworks/subnets"), ("properties.networkInterfaces", "Microsoft.Network/networkInterfaces") })
        {
            var users = Users(world, record, type).Select(user => (JsonNode)new JsonObject { ["id"] = user.Id.Text }).ToArray();
            if (users.Length > 0) Dotted.Write(copy, member, new JsonArray(users));
        }
    }

    private static IEnumerable<ArmRecord> Users(ArmWorld world, ArmRecord group, string type) =>
        world.Of(type).Where(record => group.Id.Text.Equals(Dotted.Text(record.Document, "properties.networkSecurityGroup.id"), StringComparison.OrdinalIgnoreCase));

    private static List<Write> Rules(Write write) => InlineChildren.Of(write, Path, "securityRules", InlineChildren.WithoutEchoes);

    private static JsonObject Default(ArmId group, (string Name, int Priority, string Direction, string Access, string Source, string Destination) rule) => new JsonObject
    {
        ["name"] = rule.Name,
        ["id"] = $"{group.Text}/defaultSecurityRules/{rule.Name}",
        ["type"] = "Microsoft.Network/networkSecurityGroups/defaultSecurityRules",
        ["properties"] = new JsonObject
        {
            ["provisioningState"] = "Succeeded",
            ["protocol"] = "*",
            ["sourcePortRange"] = "*",
            ["destinationPortRange"] = "*",
            ["sourceAddressPrefix"] = rule.Source,
            ["destinationAddressPrefix"] = rule.Destination,
            ["access"] = rule.Access,
            ["priority"] = rule.Priority,
            ["direction"] = rule.Direction,
        },
    };
}
