namespace DssPipeline.Chapters;

/// <summary>Azure's rules for names, ids and addresses.</summary>
public static partial class Forms
{
    private const string Guid = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}";
    private const string NetworkNames = "1 to 80 letters, digits, '.', '-' and '_', starting with a letter or digit and ending with one or with '_'";

    private static Dictionary<Form, FormRule> Azure => new()
    {
        [Form.Guid] = new("a GUID: 32 hexadecimal digits in groups of 8-4-4-4-12", $"^{Guid}$", "00000000-0000-0000-0000-000000000000"),
        [Form.Location] = new("a region as Azure spells it in ids: lower-case letters and digits without blanks", "^[a-z][a-z0-9]{2,49}$", "westeurope"),
        [Form.ResourceGroupName] = new("1 to 90 letters, digits, '_', '-', '.', '(' and ')', not ending with a period", @"^[-a-zA-Z0-9_.()]{0,89}[-a-zA-Z0-9_()]$", "rg-demo"),
        [Form.VirtualNetworkName] = new("2 to 64 letters, digits, '.', '-' and '_', starting with a letter or digit and ending with one or with '_'", "^[A-Za-z0-9][A-Za-z0-9._-]{0,62}[A-Za-z0-9_]$", "vnet-demo"),
        [Form.NetworkName] = new(NetworkNames, "^[A-Za-z0-9]([A-Za-z0-9._-]{0,78}[A-Za-z0-9_])?$", "nsg-demo"),
        [Form.SubnetName] = new(NetworkNames, "^[A-Za-z0-9]([A-Za-z0-9._-]{0,78}[A-Za-z0-9_])?$", "snet-dss"),
        [Form.IdentityName] = new("3 to 128 letters, digits, '-' and '_', starting with a letter or digit", "^[A-Za-z0-9][A-Za-z0-9_-]{2,127}$", "id-demo"),
        [Form.KeyVaultName] = new("3 to 24 letters, digits and '-', starting with a letter, ending with a letter or digit, without two '-' in a row", "^[A-Za-z](?!.*--)[A-Za-z0-9-]{1,22}[A-Za-z0-9]$", "kv-demo"),
        [Form.RegistryName] = new("5 to 50 letters and digits", "^[A-Za-z0-9]{5,50}$", "crdemo"),
        [Form.StorageAccountName] = new("3 to 24 lower-case letters and digits", "^[a-z0-9]{3,24}$", "stdemo"),
        [Form.ContainerName] = new("3 to 63 lower-case letters, digits and '-', starting and ending with a letter or digit, without two '-' in a row", "^[a-z0-9](?!.*--)[a-z0-9-]{1,61}[a-z0-9]$", "data"),
        [Form.VirtualMachineName] = new("1 to 64 letters, digits, '.' and '-', starting with a letter or digit, not ending with '.' or '-'", "^[A-Za-z0-9]([A-Za-z0-9.-]{0,62}[A-Za-z0-9])?$", "vm-demo"),
        [Form.VirtualMachineSize] = new("a size as Azure spells it, such as Standard_D8s_v5", "^(Standard|Basic)_[A-Z][A-Za-z0-9_-]{1,40}$", "Standard_D8s_v5"),
        [Form.DiskName] = new("1 to 80 letters, digits, '_', '.' and '-', starting and ending with a letter, digit or '_'", "^[A-Za-z0-9_]([A-Za-z0-9_.-]{0,78}[A-Za-z0-9_])?$", "disk-demo"),
        [Form.ClusterName] = new("1 to 50 letters, digits and '-', starting and ending with a letter or digit (DSS makes the cluster's host name of it)", "^[A-Za-z0-9]([A-Za-z0-9-]{0,48}[A-Za-z0-9])?$", "aks-demo"),
        [Form.NodePoolName] = new("1 to 12 lower-case letters and digits, starting with a letter", "^[a-z][a-z0-9]{0,11}$", "nodes"),
        [Form.ArmId] = new("a full ARM id, starting with /subscriptions/", $"^/subscriptions/{Guid}(/[A-Za-z0-9._()-]+)*$", "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-demo"),
        [Form.Zone] = new("\"1\", \"2\" or \"3\"", "^[123]$", "1"),
        [Form.SecretName] = new("1 to 127 letters, digits and '-'", "^[A-Za-z0-9-]{1,127}$", "dss-license"),
        [Form.TagName] = new("1 to 128 characters, none of < > % & \\ ? /", @"^[^<>%&\\?/]{1,128}$", "costCenter"),
        [Form.Principal] = new("dss, cluster, kubelet, or the object id (a GUID) of a principal", $"^(dss|cluster|kubelet|{Guid})$", "dss"),
        [Form.Cidr] = new("an IPv4 range in CIDR form whose address is the first of the range", @"^[0-9]{1,3}(\.[0-9]{1,3}){3}/[0-9]{1,2}$", "10.1.0.0/16") { Also = text => Cidr.TryParse(text, out _) },
        [Form.IpAddress] = new("an IPv4 address", @"^[0-9]{1,3}(\.[0-9]{1,3}){3}$", "10.0.0.10") { Also = text => Cidr.TryParseAddress(text, out _) },
    };
}
