using System.Net;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Which virtual machine a request to the metadata service comes from, as Resource Manager knows it.</summary>
internal sealed class Guests(ArmStore store, Machines? machines)
{
    /// <summary>Null for one who asks from outside all machines.</summary>
    public Guest? Of(IPAddress? caller)
    {
        if (machines?.From(caller) is not { } machine) return null;
        lock (store.Gate)
        {
            var record = store.Type(VirtualMachineRules.Type).FirstOrDefault(record => record.Id.Name.Equals(machine.Name, StringComparison.OrdinalIgnoreCase));
            return record is null ? null : new Guest(record.Id, record.Document.DeepClone().AsObject(), Address(record));
        }
    }

    private string Address(ArmRecord record) =>
        Dotted.Items(record.Document, "properties.networkProfile.networkInterfaces").Select(card => Dotted.Text(card, "id")).OfType<string>()
            .Select(store.Record).OfType<ArmRecord>()
            .SelectMany(card => Dotted.Items(card.Document, "properties.ipConfigurations")).Select(part => Dotted.Text(part, "properties.privateIPAddress")).FirstOrDefault() ?? "";
}

/// <summary>A virtual machine that asks about itself.</summary>
internal sealed record Guest(ArmId Id, JsonObject Document, string Address)
{
    /// <summary>The identities it may take tokens of: its own first, then those it borrows.</summary>
    public IReadOnlyList<(Principal Principal, string? ResourceId)> Identities => [.. Own(), .. Borrowed()];

    /// <summary>What it is told of itself.</summary>
    public JsonObject Instance() => new()
    {
        ["compute"] = Compute(),
        ["network"] = new JsonObject
        {
            ["interface"] = new JsonArray(new JsonObject
            {
                ["ipv4"] = new JsonObject { ["ipAddress"] = new JsonArray(new JsonObject { ["privateIpAddress"] = Address, ["publicIpAddress"] = "" }) },
            }),
        },
    };

    private JsonObject Compute() => new()
    {
        ["azEnvironment"] = "AzurePublicCloud",
        ["location"] = Text("location"),
        ["name"] = Id.Name,
        ["osType"] = "Linux",
        ["provider"] = "Microsoft.Compute",
        ["resourceGroupName"] = Id.Group,
        ["resourceId"] = Id.Text,
        ["subscriptionId"] = Id.Subscription,
        ["tags"] = string.Join(';', (Document["tags"] as JsonObject ?? []).Select(tag => $"{tag.Key}:{tag.Value}")),
        ["vmId"] = Text("properties.vmId"),
        ["vmSize"] = Text("properties.hardwareProfile.vmSize"),
        ["zone"] = (Document["zones"] as JsonArray)?.FirstOrDefault()?.ToString() ?? "",
    };

    // The directory gives such an identity an application id that Resource Manager does not tell.
    private IEnumerable<(Principal, string?)> Own() =>
        Text("identity.principalId") is { Length: > 0 } principal ? [(new Principal($"{(principal[0] == 'f' ? 'e' : 'f')}{principal[1..]}", principal), null)] : [];

    private IEnumerable<(Principal, string?)> Borrowed() =>
        (Dotted.Read(Document, "identity.userAssignedIdentities") as JsonObject ?? [])
            .Where(identity => Dotted.Text(identity.Value, "clientId") is not null)
            .Select(identity => (new Principal(Dotted.Text(identity.Value, "clientId")!, Dotted.Text(identity.Value, "principalId")!), (string?)identity.Key));

    private string Text(string path) => Dotted.Text(Document, path) ?? "";
}
