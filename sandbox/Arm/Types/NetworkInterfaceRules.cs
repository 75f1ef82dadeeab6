using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Network interfaces: addresses out of their subnet, and a machine that may hold them.</summary>
internal sealed class NetworkInterfaceRules : TypeRules
{
    private const string Type = "Microsoft.Network/networkInterfaces";

    public override void Check(Write write)
    {
        if (write.Existing?.Hidden["endpoint"] is not null) throw Write.Refuse(400, "PrivateEndpointNetworkInterfaceUpdateNotAllowed", $"Network interface {write.Id.Text} belongs to a private endpoint and cannot be changed.");
        var configurations = Dotted.Items(write.Wish, "properties.ipConfigurations").ToList();
        if (configurations.Count == 0) throw Write.Refuse(400, "NetworkInterfaceMustHaveAtLeastOneIpConfiguration", $"Network interface {write.Id.Text} must have one or more IP configurations.", "properties.ipConfigurations");

        foreach (var configuration in configurations)
        {
            var subnet = Dotted.Text(configuration, "properties.subnet.id") ?? throw Write.Refuse(400, "SubnetNotSpecified", $"IP configuration {Dotted.Text(configuration, "name")} of network interface {write.Id.Name} names no subnet.", "properties.ipConfigurations");
            CheckAddress(write, write.World.Record(subnet)!, Dotted.Text(configuration, "properties.privateIPAddress"));
            var address = Dotted.Text(configuration, "properties.publicIPAddress.id");
            if (address is not null && PublicAddressRules.User(write.World, ArmId.Parse(address)!) is { } user && !user.StartsWith(write.Id.Text + "/", StringComparison.OrdinalIgnoreCase)) throw Write.Refuse(400, "PublicIPAddressInUse", $"Resource {write.Id.Text} is referencing public IP address {address} that is already allocated to resource {user}.");
        }
    }

    public override void Fill(Write write)
    {
        var index = 0;
        foreach (var configuration in Dotted.Items(write.Document, "properties.ipConfigurations"))
        {
            var name = Dotted.Text(configuration, "name") ?? $"ipconfig{index + 1}";
            var old = Dotted.Items(write.Existing?.Document, "properties.ipConfigurations").FirstOrDefault(other => Dotted.Text(other, "name") == name);
            configuration["name"] = name;
            configuration["id"] = $"{write.Id.Text}/ipConfigurations/{name}";
            configuration["type"] = "Microsoft.Network/networkInterfaces/ipConfigurations";
            configuration["etag"] = Dotted.Text(write.Document, "etag");
            var properties = configuration["properties"]!.AsObject();
            properties["privateIPAllocationMethod"] ??= "Dynamic";
            properties["primary"] ??= index++ == 0;
            properties["privateIPAddress"] ??= Kept(old, configuration) ?? Free(write, Dotted.Text(configuration, "properties.subnet.id")!);
        }

        write.Hidden["mac"] ??= "00-0D-3A-" + string.Join('-', Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(3)).Chunk(2).Select(pair => new string(pair)));
    }

    public override void CheckDelete(ArmWorld world, ArmRecord record)
    {
        if (record.Hidden["endpoint"] is not null) throw new ArmError(400, "NetworkInterfaceInUse", $"Network interface {record.Id.Text} belongs to a private endpoint; delete that.");
        if (VirtualMachineRules.Holding(world, record.Id, "properties.networkProfile.networkInterfaces", "id") is not { } machine) return;
        throw new ArmError(400, "NicInUse", $"Network Interface {record.Id.Text} is used by existing resource {machine.Id.Text}. In order to delete the network interface, it must be dissociated from the resource. To learn more, see aka.ms/deletenic.");
    }

    public override void Show(ArmWorld world, ArmRecord record, JsonObject copy, ArmRequest request)
    {
        if (record.Hidden["endpoint"] is { } endpoint) Dotted.Write(copy, "properties.privateEndpoint", new JsonObject { ["id"] = endpoint.DeepClone() });
        if (VirtualMachineRules.Holding(world, record.Id, "properties.networkProfile.networkInterfaces", "id") is not { } machine) return;
        Dotted.Write(copy, "properties.virtualMachine", new JsonObject { ["id"] = machine.Id.Text });
        Dotted.Write(copy, "properties.macAddress", record.Hidden["mac"]!.DeepClone());
        Dotted.Write(copy, "properties.primary", true);
    }

    /// <summary>A subnet's next address that nobody has.</summary>
    public static string Free(Write write, string subnet)
    {
        var record = write.World.Record(subnet)!;
        var taken = Taken(write.World, record).Select(pair => pair.Address).ToHashSet(StringComparer.Ordinal);
        foreach (var mine in Dotted.Items(write.Document, "properties.ipConfigurations")) taken.Add(Dotted.Text(mine, "properties.privateIPAddress") ?? "");
        return SubnetRules.Prefixes(record.Document, record.Id.Name).SelectMany(Cidr.Usable).FirstOrDefault(address => !taken.Contains(address))
            ?? throw Write.Refuse(400, "SubnetIsFull", $"Subnet {record.Id.Name} with address prefix {Dotted.Text(record.Document, "properties.addressPrefix")} does not have enough capacity for 1 IP addresses.");
    }

    private static void CheckAddress(Write write, ArmRecord subnet, string? address)
    {
        if (address is null) return;
        if (!System.Net.IPAddress.TryParse(address, out var parsed) || !SubnetRules.Prefixes(subnet.Document, subnet.Id.Name).Exists(range => range.Contains(parsed))) throw Write.Refuse(400, "PrivateIPAddressNotInSubnet", $"Private static IP address {address} does not belong to the range of subnet prefix {Dotted.Text(subnet.Document, "properties.addressPrefix")}.");
        var owner = Taken(write.World, subnet).FirstOrDefault(pair => pair.Address == address && pair.Owner != write.Id.Key).Owner;
        if (owner is not null) throw Write.Refuse(400, "PrivateIPAddressIsAllocated", $"IP configuration {write.Id.Text} is using the private IP address {address} which is already allocated to resource {owner}.");
    }

    private static IEnumerable<(string Address, string Owner)> Taken(ArmWorld world, ArmRecord subnet) =>
        from card in world.Of(Type)
        from configuration in Dotted.Items(card.Document, "properties.ipConfigurations")
        where subnet.Id.Text.Equals(Dotted.Text(configuration, "properties.subnet.id"), StringComparison.OrdinalIgnoreCase)
        select (Dotted.Text(configuration, "properties.privateIPAddress") ?? "", card.Id.Key);

    private static string? Kept(JsonObject? old, JsonObject configuration) =>
        string.Equals(Dotted.Text(old, "properties.subnet.id"), Dotted.Text(configuration, "properties.subnet.id"), StringComparison.OrdinalIgnoreCase) ? Dotted.Text(old, "properties.privateIPAddress") : null;
}
