using System.Security.Cryptography;
using System.Text;

namespace DssPipeline.Planes;

/// <summary>Computes the name of a role assignment from what it grants, so that a second run finds it. Equal to ARM's <c>guid()</c>.</summary>
public static class RoleAssignmentName
{
    private static readonly Guid Namespace = new("11fb06fb-712d-4ddd-98c7-e71bbd588830");

    /// <summary>Ids that differ only in case would make two assignments of one, so all parts are lower-cased.</summary>
    public static string Of(string scope, string principal, string role) =>
        Version5(string.Join('-', scope, principal, role).ToLowerInvariant()).ToString();

    // RFC 9562 asks for SHA-1 here; nothing is protected by it.
#pragma warning disable CA5350
    internal static Guid Version5(string name)
    {
        var hash = SHA1.HashData([.. Namespace.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(name)]).AsSpan(0, 16);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash, bigEndian: true);
    }
#pragma warning restore CA5350
}
