using System.Net;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>Puts into a sandbox what the manifest says others have made already, so that a rehearsal finds it as the real run would.</summary>
public sealed class Furnishing(Arm arm, Manifest manifest)
{
    private const string GroupVersion = "2025-04-01";

    private int subnets;

    /// <summary>The subscriptions of what the manifest says others have made.</summary>
    public static IReadOnlySet<string> OtherSubscriptions(Manifest manifest) =>
        new[] { manifest.Network.Existing?.VirtualNetworkId, manifest.Network.PrivateDns.ResourceGroupId }
            .OfType<string>()
            .Select(id => id.Split('/')[2])
            .ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes what is absent; what is there stays as it is.</summary>
    /// <returns>What was made.</returns>
    public async Task<IReadOnlyList<ResourceId>> PlaceAsync(CancellationToken cancel)
    {
        var made = new List<ResourceId>();
        foreach (var thing in Contents.With(arm, TimeProvider.System).All.SelectMany(task => task.Declare(manifest)).OfType<Existing>())
        {
            var body = Body(thing.Name);
            if (await arm.GetAsync(thing.Name.Path, thing.ApiVersion, cancel) is not null) continue;

            await PlaceAsync(thing, body, cancel);
            made.Add(thing.Id);
        }

        arm.LookAnew();
        return made;
    }

    private async Task PlaceAsync(Existing thing, JsonNode body, CancellationToken cancel)
    {
        var group = new ArmAddress(thing.Name.Path, thing.ApiVersion).ResourceGroup!;
        var space = thing.Name.Type.Split('/')[0];
        if (await arm.GetAsync(group, GroupVersion, cancel) is null) await arm.PutAsync(group, GroupVersion, Json.Of(new { location = manifest.Azure.Location }), cancel);
        await new Providers(arm, TimeProvider.System).RegisterAsync(manifest.Azure.Subscription, space, cancel);
        await arm.PutAsync(thing.Name.Path, thing.ApiVersion, body, cancel);
    }

    private JsonNode Body(AzureName name) => name.Type switch
    {
        "Microsoft.Network/virtualNetworks" => Json.Of(new { location = manifest.Azure.Location, properties = new { addressSpace = new { addressPrefixes = Space } } }),
        "Microsoft.Network/virtualNetworks/subnets" => Json.Of(new { properties = new { addressPrefix = NextRange() } }),
        _ => Json.Of(new { location = "global" }),
    };

    private IReadOnlyList<string> Space => manifest.Network.Existing?.AddressSpace is { Count: > 0 } told ? told : ["10.20.0.0/16"];

    /// <summary>The next sixteenth of the network's first range.</summary>
    private string NextRange()
    {
        var whole = IPNetwork.Parse(Space[0]);
        var length = Math.Min(whole.PrefixLength + 4, 29);
        var start = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(whole.BaseAddress.GetAddressBytes()) + ((uint)subnets++ << (32 - length));
        return $"{new IPAddress(BitConverter.IsLittleEndian ? System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(start) : start)}/{length}";
    }
}
