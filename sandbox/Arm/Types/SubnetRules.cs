using System.Net;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Subnets: inside their network, beside each other, and fixed while somebody lives in them.</summary>
internal sealed class SubnetRules : TypeRules
{
    public override void Check(Write write)
    {
        var prefixes = Prefixes(write.Wish, write.Id.Name);
        if (prefixes.Count == 0 && Dotted.Read(write.Wish, "properties.ipamPoolPrefixAllocations") is null) throw Write.Refuse(400, "InvalidParameter", $"Subnet {write.Id.Name} has no address prefix.", "properties.addressPrefix");

        var network = write.Id.Parent!;
        NeedSpace(write.Wish, write.Id.Name, VirtualNetworkRules.Space(write.ParentWish ?? write.World.Record(network.Text)?.Document, network.Name), network.Name);
        if (Twin(write, prefixes) is { } twin) throw Write.Refuse(400, "NetcfgSubnetRangesOverlap", $"Subnet '{write.Id.Name}' is not valid because its IP address range overlaps with that of an existing subnet '{twin}' in virtual network '{network.Name}'.");
        if (write.Existing is { } kept && !prefixes.SequenceEqual(Prefixes(kept.Document, kept.Id.Name)) && Users(write.World, kept).FirstOrDefault() is not null)
        {
            throw Write.Refuse(400, "InUsePrefixCannotBeDeleted", $"IpPrefix {string.Join(",", Prefixes(kept.Document, kept.Id.Name))} on Subnet {write.Id.Name} has active allocations and cannot be deleted.");
        }
    }

    public override void Fill(Write write)
    {
        foreach (var endpoint in Dotted.Items(write.Document, "properties.serviceEndpoints").Where(endpoint => endpoint["locations"] is null))
        {
            endpoint["locations"] = new JsonArray(Dotted.Text(write.World.Record(write.Id.Parent!.Text)?.Document, "location") ?? "*");
        }
    }

    public override void CheckDelete(ArmWorld world, ArmRecord record)
    {
        if (Users(world, record).FirstOrDefault() is not { } user) return;
        throw new ArmError(400, "InUseSubnetCannotBeDeleted", $"Subnet {record.Id.Name} is in use by {user} and cannot be deleted. In order to delete the subnet, delete all the resources within the subnet. See aka.ms/deletesubnet.");
    }

    public override void Show(ArmWorld world, ArmRecord record, JsonObject copy, ArmRequest request)
    {
        var configurations = Configurations(world, record).ToList();
        if (configurations.Count > 0) Dotted.Write(copy, "properties.ipConfigurations", Links(configurations));
        var endpoints = Endpoints(world, record).ToList();
        if (endpoints.Count > 0) Dotted.Write(copy, "properties.privateEndpoints", Links(endpoints));
    }

    public static List<IPNetwork> Prefixes(JsonNode? subnet, string name) =>
        [.. (Dotted.Read(subnet, "properties.addressPrefixes") as JsonArray ?? []).Append(Dotted.Read(subnet, "properties.addressPrefix")).Where(prefix => prefix is not null).Select(prefix => Cidr.Parse(prefix!.GetValue<string>(), name)).Distinct()];

    public static void NeedSpace(JsonNode subnet, string name, IReadOnlyList<IPNetwork> space, string network)
    {
        if (space.Count == 0 || Prefixes(subnet, name).TrueForAll(prefix => space.Any(range => Cidr.Contains(range, prefix)))) return;
        throw new ArmError(400, "NetcfgInvalidSubnet", $"Subnet '{name}' is not valid in virtual network '{network}'.");
    }

    private static string? Twin(Write write, List<IPNetwork> prefixes)
    {
        var others = write.ParentWish is null
            ? write.World.Children(write.Id.Parent!, "subnets").Select(record => (record.Id.Name, Body: (JsonNode)record.Document))
            : Dotted.Items(write.ParentWish, "properties.subnets").Select(item => (Name: Dotted.Text(item, "name") ?? "", Body: (JsonNode)item));
        return others.Where(other => !other.Name.Equals(write.Id.Name, StringComparison.OrdinalIgnoreCase))
            .FirstOrDefault(other => Prefixes(other.Body, other.Name).Exists(range => prefixes.Exists(prefix => Cidr.Overlap(range, prefix)))).Name;
    }

    private static IEnumerable<string> Users(ArmWorld world, ArmRecord subnet) => Configurations(world, subnet).Concat(Endpoints(world, subnet)).Concat(
        world.Of("Microsoft.ContainerService/managedClusters/agentPools").Where(pool => Is(subnet, Dotted.Text(pool.Document, "properties.vnetSubnetID"))).Select(pool => pool.Id.Text));

    private static IEnumerable<string> Configurations(ArmWorld world, ArmRecord subnet) =>
        from card in world.Of("Microsoft.Network/networkInterfaces")
        from configuration in Dotted.Items(card.Document, "properties.ipConfigurations")
        where Is(subnet, Dotted.Text(configuration, "properties.subnet.id"))
        select Dotted.Text(configuration, "id")!;

    private static IEnumerable<string> Endpoints(ArmWorld world, ArmRecord subnet) =>
        world.Of("Microsoft.Network/privateEndpoints").Where(endpoint => Is(subnet, Dotted.Text(endpoint.Document, "properties.subnet.id"))).Select(endpoint => endpoint.Id.Text);

    private static JsonArray Links(IEnumerable<string> ids) => new([.. ids.Select(id => (JsonNode)new JsonObject { ["id"] = id })]);

    private static bool Is(ArmRecord subnet, string? id) => subnet.Id.Text.Equals(id, StringComparison.OrdinalIgnoreCase);
}
