using System.Net;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Networks: their subnets may come inside the body, and then replace the whole set.</summary>
internal sealed class VirtualNetworkRules : TypeRules
{
    private const string Path = "properties.subnets";

    public override void Check(Write write)
    {
        var space = Space(write.Wish, write.Id.Name);
        if (space.Count == 0 && Dotted.Read(write.Wish, "properties.addressSpace.ipamPoolPrefixAllocations") is null) throw Write.Refuse(400, "InvalidParameter", $"The address space of virtual network {write.Id.Name} has no address prefix.", "properties.addressSpace");

        var inline = Subnets(write);
        InlineChildren.Check(inline);
        foreach (var kept in write.World.Children(write.Id, "subnets"))
        {
            var stays = Dotted.Read(write.Wish, Path) is null || inline.Exists(child => child.Id.Key == kept.Id.Key);
            if (!stays) Of(kept.Id.Type).CheckDelete(write.World, kept);
            else if (!inline.Exists(child => child.Id.Key == kept.Id.Key)) SubnetRules.NeedSpace(kept.Document, kept.Id.Name, space, write.Id.Name);
        }
    }

    public override void Fill(Write write) => Dotted.Take(write.Document, Path);

    public override void Saved(Write write)
    {
        if (Dotted.Read(write.Wish, Path) is null) return;
        var inline = Subnets(write);
        foreach (var gone in write.World.Children(write.Id, "subnets").Where(kept => !inline.Exists(child => child.Id.Key == kept.Id.Key)).ToList()) write.World.Remove(gone);
        inline.ForEach(InlineChildren.Keep);
    }

    public override void CheckDelete(ArmWorld world, ArmRecord record)
    {
        foreach (var subnet in world.Children(record.Id, "subnets")) Of(subnet.Id.Type).CheckDelete(world, subnet);
    }

    public override void Show(ArmWorld world, ArmRecord record, JsonObject copy, ArmRequest request) =>
        Dotted.Write(copy, Path, new JsonArray([.. world.Children(record.Id, "subnets").Select(subnet => (JsonNode)Views.Show(world, subnet, request))]));

    public static List<IPNetwork> Space(JsonNode? network, string name) =>
        [.. (Dotted.Read(network, "properties.addressSpace.addressPrefixes") as JsonArray ?? []).Select(prefix => Cidr.Parse(prefix!.GetValue<string>(), name))];

    private static List<Write> Subnets(Write write) => InlineChildren.Of(write, Path, "subnets", InlineChildren.WithoutEchoes);
}
