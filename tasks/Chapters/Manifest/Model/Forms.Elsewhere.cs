using System.Text.Json;

namespace DssPipeline.Chapters;

/// <summary>The rules of the machine, of DSS and of Kubernetes.</summary>
public static partial class Forms
{
    private static Dictionary<Form, FormRule> Elsewhere => new()
    {
        [Form.DeploymentName] = new("3 to 20 lower-case letters, digits and single '-', starting with a letter, ending with a letter or digit (every other name is made of it)", "^(?=.{3,20}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$", "demo"),
        [Form.ResourceId] = new("plane/kind/name with plane azure, machine, dss or kubernetes, as plans show it", "^(azure|machine|dss|kubernetes)/[A-Za-z]+/.+$", "azure/storageAccount/stdemo"),
        [Form.LinuxUser] = new("1 to 32 lower-case letters, digits, '_' and '-', starting with a letter or '_', and not root, admin or administrator", "^[a-z_][a-z0-9_-]{0,31}$", "dssuser") { Also = text => text is not ("root" or "admin" or "administrator") },
        [Form.SshPublicKey] = new("one line of an OpenSSH public key, of type ssh-rsa or ssh-ed25519", "^(ssh-rsa|ssh-ed25519) [A-Za-z0-9+/]{60,}={0,3}( [^\\n]*)?$", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f demo"),
        [Form.SshHostKey] = new("kind and key of an OpenSSH host key, of kind ssh-ed25519, ecdsa-sha2-nistp256 (384, 521) or ssh-rsa", "^(ssh-ed25519|ecdsa-sha2-nistp(256|384|521)|ssh-rsa) [A-Za-z0-9+/]{60,}={0,3}( [^\\n]*)?$", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f"),
        [Form.AbsolutePath] = new("an absolute path without '..' and blanks", @"^(/[A-Za-z0-9._@+-]+)+$", "/data") { Also = text => !text.Split('/').Contains("..", StringComparer.Ordinal) },
        [Form.Url] = new("an address that starts with https:// or http://", @"^https?://[^\s]+$", "https://example.com/archive.tar.gz") { Also = text => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.UserInfo.Length == 0 },
        [Form.HostName] = new("a host name in lower case", @"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$", "dss.example.com"),
        [Form.Sha256] = new("a SHA-256 checksum: 64 hexadecimal digits", "^[0-9a-fA-F]{64}$", new string('0', 64)),
        [Form.Fingerprint] = new("a SHA-256 fingerprint: 64 hexadecimal digits, with colons between pairs or without", "^[0-9a-fA-F]{2}(:?[0-9a-fA-F]{2}){31}$", new string('0', 64)),
        [Form.DssVersion] = new("a full version of DSS 12 or later, such as 14.2.0", @"^(1[2-9]|[2-9][0-9])\.[0-9]+\.[0-9]+$", "14.2.0"),
        [Form.SparkVersion] = new("a full version of Spark, such as 3.5.3", @"^[0-9]+\.[0-9]+\.[0-9]+$", "3.5.3"),
        [Form.KubernetesVersion] = new("a minor version such as 1.33 or a patch version such as 1.33.4", @"^1\.[0-9]{1,2}(\.[0-9]{1,3})?$", "1.33"),
        [Form.KubernetesNamespace] = new("1 to 63 lower-case letters, digits and '-', starting and ending with a letter or digit; DSS variables count as letters", @"^([a-z0-9]|\$\{[A-Za-z0-9_.]+\})(([a-z0-9-]|\$\{[A-Za-z0-9_.]+\})*([a-z0-9]|\$\{[A-Za-z0-9_.]+\}))?$", "dssns") { Also = text => text.Length <= 63 || text.Contains("${", StringComparison.Ordinal) },
        [Form.KubernetesLabel] = new("the name of a Kubernetes label: up to 63 letters, digits, '-', '_' and '.', starting and ending with a letter or digit, perhaps behind a domain and '/'", @"^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$", "team"),
        [Form.ProjectKey] = new("letters, digits and '_', upper case by habit", "^[A-Za-z0-9_]{1,100}$", "DEMO"),
        [Form.DssName] = new("letters, digits, '_', '-', '.', '@' and single blanks inside", @"^[A-Za-z0-9_@.-]+( [A-Za-z0-9_@.-]+)*$", "kubernetes"),
        [Form.Memory] = new("a whole number with the unit g or m, such as 8g", "^[1-9][0-9]*[gm]$", "8g"),
        [Form.CudaVersion] = new("a version such as 11.8", @"^[0-9]{1,2}\.[0-9]$", "11.8"),
        [Form.Taint] = new("key=value:effect with the effect NoSchedule, PreferNoSchedule or NoExecute", "^[A-Za-z0-9][A-Za-z0-9._/-]*(=[A-Za-z0-9._-]*)?:(NoSchedule|PreferNoSchedule|NoExecute)$", "sku=gpu:NoSchedule"),
        [Form.PackageName] = new("the name of a package: letters, digits, '.', '_', '+' and '-', starting with a letter or digit", "^[A-Za-z0-9][A-Za-z0-9._+-]{0,127}$", "htop"),
        [Form.PackageVersion] = new("the version of a package, or its beginning up to a '.' or '-', without an epoch, such as 27.3.1", "^[0-9A-Za-z][0-9A-Za-z._+~^-]{0,63}$", "27.3.1"),
        [Form.TimeZone] = new("a name of the tz database, such as Europe/Paris", "^[A-Za-z][A-Za-z0-9_+-]{0,30}(/[A-Za-z0-9_+-]{1,30}){0,2}$", "Europe/Paris"),
        [Form.ProxyException] = new("a host, a domain, an address or a range: letters, digits, '.', '-', '_', '*', ':' and '/', without blanks and commas", @"^[A-Za-z0-9._*:/-]{1,253}$", ".example.com"),
        [Form.ImageName] = new("the name of an image, such as registry.example.com/team/image:tag", @"^[a-z0-9]+([._-]+[a-z0-9]+)*(:[0-9]{1,5})?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(@sha256:[0-9a-f]{64})?$", "dku-exec-base:mine"),
        [Form.Json] = new("a JSON object", @"^\s*\{", "{}") { Also = IsJsonObject },
    };

    private static bool IsJsonObject(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new() { MaxDepth = 32 });
            return document.RootElement.ValueKind is JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
