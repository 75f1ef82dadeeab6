using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>What the manifest wishes of the machine.</summary>
public sealed partial class VirtualMachine
{
    protected override JsonNode Wish => Json.Of(new
    {
        location = manifest.Azure.Location,
        zones = vm.Zone is { } zone ? new[] { zone } : null,
        plan = image.IsWished && vm.Image.Plan is PurchasePlan.Always ? image.Plan : null,
        identity = HasIdentity ? new { type = "UserAssigned", userAssignedIdentities = new JsonObject { [names.VmIdentity.Path] = new JsonObject() } } : null,
        properties = new
        {
            hardwareProfile = new { vmSize = vm.Size },
            storageProfile = new { imageReference = Image, osDisk = OsDisk, dataDisks = new[] { Attachment } },
            osProfile = Administrator,
            networkProfile = new { networkInterfaces = new[] { new { id = names.NetworkInterface.Path, properties = new { primary = true, deleteOption = "Detach" } } } },
            diagnosticsProfile = new { bootDiagnostics = new { enabled = true } },
            securityProfile = Security,
            powerState = Running,
        },
    });

    private object Image => vm.Image switch
    {
        { Id: { } id } => new { id },
        { CommunityGalleryImageId: { } communityGalleryImageId } => new { communityGalleryImageId },
        var market => new { publisher = market.Publisher, offer = market.Offer, sku = market.Sku, version = market.Version },
    };

    private object OsDisk => new
    {
        createOption = "FromImage",
        caching = "ReadWrite",
        deleteOption = "Delete",
        diskSizeGB = vm.OsDisk.SizeGB,
        managedDisk = new { storageAccountType = vm.OsDisk.Sku },
    };

    private object Attachment => new
    {
        lun = vm.DataDisk.Lun,
        createOption = "Attach",
        caching = vm.DataDisk.Caching,
        deleteOption = "Detach",
        managedDisk = new { id = names.DataDisk.Path },
    };

    private object Administrator => new
    {
        computerName = names.VirtualMachine.Name,
        adminUsername = vm.AdminUsername,
        customData = CloudInit.CustomData,
        linuxConfiguration = new
        {
            disablePasswordAuthentication = true,
            ssh = new { publicKeys = new[] { new { path = $"/home/{vm.AdminUsername}/.ssh/authorized_keys", keyData = vm.SshPublicKey } } },
        },
    };

    private object Security => new
    {
        securityType = vm.TrustedLaunch ? "TrustedLaunch" : null,
        uefiSettings = vm.TrustedLaunch ? new { secureBootEnabled = true, vTpmEnabled = true } : null,
        encryptionAtHost = vm.EncryptionAtHost,
    };
}
