using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>What Azure has to offer in a region: sizes, cores, Kubernetes versions.</summary>
internal static class Offers
{
    private static readonly (string Series, int[] Cores, int MemoryPerCore)[] Families =
    [
        ("standardDSv5Family|Standard_D{0}s_v5", [2, 4, 8, 16, 32, 48, 64], 4),
        ("standardDASv5Family|Standard_D{0}as_v5", [2, 4, 8, 16, 32, 48, 64], 4),
        ("standardESv5Family|Standard_E{0}s_v5", [2, 4, 8, 16, 32, 48, 64], 8),
        ("standardFSv2Family|Standard_F{0}s_v2", [2, 4, 8, 16, 32, 48, 64], 2),
        ("standardDSv2Family|Standard_DS{0}_v2", [1, 2, 3, 4, 5], 4),
        ("standardNCASv3_T4Family|Standard_NC{0}as_T4_v3", [4, 8, 16, 64], 7),
        ("standardNVADSA10v5Family|Standard_NV{0}ads_A10_v5", [6, 12, 18, 36, 72], 9),
    ];

    public static ArmAnswer Sizes(ArmWorld world, ArmRequest request)
    {
        var filter = request.Query["$filter"].ToString().Split('\'');
        var location = filter.Length > 1 ? Regions.Plain(filter[1]) : Regions.Names[0];
        var all = Families.SelectMany(family => family.Cores.Select(cores => Size(family.Series, cores, family.MemoryPerCore, location)));
        return new(200, new JsonObject { ["value"] = new JsonArray([.. all]) });
    }

    public static ArmAnswer InRegion(ArmWorld world, ArmRequest request)
    {
        var (space, region) = (request.Id!.Type.Split('/')[0].ToLowerInvariant(), request.Id.Name);
        Precautions.NeedRegistration(world, request.Id, Providers.Spelled(space));
        return (space, request.Rest) switch
        {
            ("microsoft.containerservice", ["kubernetesversions"]) => new(200, KubernetesVersions.Show()),
            ("microsoft.compute", ["usages"]) => new(200, new JsonObject { ["value"] = new JsonArray([Usage("cores", "Total Regional vCPUs"), .. Families.Select(family => Usage(family.Series.Split('|')[0], family.Series.Split('|')[0]))]) }),
            ("microsoft.network", ["usages"]) => new(200, new JsonObject { ["value"] = new JsonArray([Usage("VirtualNetworks", "Virtual Networks"), Usage("StandardSkuPublicIpAddresses", "Public IP Addresses - Standard")]) }),
            ("microsoft.storage", ["usages"]) => new(200, new JsonObject { ["value"] = new JsonArray([Usage("StorageAccounts", "Storage Accounts")]) }),
            _ => throw new ArmError(404, "InvalidResourceType", $"The resource type 'locations/{string.Join('/', request.Rest)}' could not be found in the namespace '{space}' at '{region}'.") { FromGateway = true },
        };
    }

    private static JsonObject Size(string series, int cores, int memory, string location) => new JsonObject
    {
        ["resourceType"] = "virtualMachines",
        ["name"] = string.Format(series.Split('|')[1], cores),
        ["family"] = series.Split('|')[0],
        ["locations"] = new JsonArray(location),
        ["locationInfo"] = new JsonArray(new JsonObject { ["location"] = location, ["zones"] = new JsonArray("1", "2", "3"), ["zoneDetails"] = new JsonArray() }),
        ["capabilities"] = new JsonArray(
            new JsonObject { ["name"] = "vCPUs", ["value"] = cores.ToString() },
            new JsonObject { ["name"] = "MemoryGB", ["value"] = (cores * memory).ToString() },
            new JsonObject { ["name"] = "PremiumIO", ["value"] = "True" },
            new JsonObject { ["name"] = "HyperVGenerations", ["value"] = "V1,V2" }),
        ["restrictions"] = new JsonArray(),
    };

    private static JsonObject Usage(string name, string display) =>
        new JsonObject { ["unit"] = "Count", ["currentValue"] = 0, ["limit"] = 1000, ["name"] = new JsonObject { ["value"] = name, ["localizedValue"] = display } };
}
