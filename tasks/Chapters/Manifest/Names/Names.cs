using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>Every name and id of a deployment, computed from its manifest; nothing is looked up to learn what it is called.</summary>
public sealed partial class Names(Manifest manifest)
{
    private string Name => manifest.Name;

    private string Compact => manifest.Name.Replace("-", "", StringComparison.Ordinal);

    /// <summary>ARM id of the subscription.</summary>
    public string SubscriptionPath => $"/subscriptions/{manifest.Azure.Subscription}";

    public AzureName ResourceGroup
    {
        get
        {
            var name = manifest.Azure.ResourceGroup ?? $"rg-{Name}";
            return new(new("azure", "resourceGroup", name), "Microsoft.Resources/resourceGroups", $"{SubscriptionPath}/resourceGroups/{name}");
        }
    }

    public AzureName VmIdentity => Identity(manifest.Identity.ManagedIdentities.Vm ?? $"id-{Name}-dss");

    public AzureName ClusterIdentity => Identity(manifest.Identity.ManagedIdentities.Cluster ?? $"id-{Name}-aks");

    public AzureName KubeletIdentity => Identity(manifest.Identity.ManagedIdentities.Kubelet ?? $"id-{Name}-kubelet");

    public AzureName KeyVault => Here("keyVault", "Microsoft.KeyVault/vaults", manifest.Identity.KeyVault.Name ?? $"kv-{Name}");

    public AzureName Registry => Here("registry", "Microsoft.ContainerRegistry/registries", manifest.Registry.Name ?? $"cr{Compact}");

    /// <summary>Host of the registry, as images are named after it: lower case, whatever the case of its name.</summary>
    public string RegistryHost => manifest.Containers.RegistryUrl ?? $"{Registry.Name.ToLowerInvariant()}.azurecr.io";

    public AzureName VirtualMachine => Here("virtualMachine", "Microsoft.Compute/virtualMachines", manifest.Vm.Name ?? $"vm-{Name}");

    public AzureName DataDisk => Here("disk", "Microsoft.Compute/disks", manifest.Vm.DataDisk.Name ?? $"disk-{Name}-data");

    /// <summary>Name of the machine's own disk.</summary>
    public string OsDisk => $"disk-{Name}-os";

    public AzureName DeleteLock =>
        new(new("azure", "lock", $"lock-{Name}"), "Microsoft.Authorization/locks", $"{ResourceGroup.Path}/providers/Microsoft.Authorization/locks/lock-{Name}");

    /// <summary>The host key by which the machine is known, learned through Azure.</summary>
    public ResourceId SshHostKey => new("azure", "sshHostKey", VirtualMachine.Name);

    /// <summary>The inside of the machine: what machine resources live in.</summary>
    public ResourceId Machine => new("machine", "host", VirtualMachine.Name);

    /// <summary>The DSS instance: what DSS objects live in.</summary>
    public ResourceId Dss => new("dss", "instance", Name);

    public AdlsNames For(AdlsSection account) => new(this, account);

    public ClusterNames For(ClusterSection cluster) => new(this, cluster);

    /// <summary>A resource of this deployment's resource group.</summary>
    public AzureName Here(string kind, string type, string name) => AzureName.In(ResourceGroup.Path, kind, type, name);

    private AzureName Identity(string name) => Here("userAssignedIdentity", "Microsoft.ManagedIdentity/userAssignedIdentities", name);
}
