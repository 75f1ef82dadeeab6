using System.Text.RegularExpressions;

namespace DssPipeline.Sandbox;

/// <summary>How repositories and tags may be called.</summary>
internal static partial class RegistryNames
{
    public static bool IsRepository(string name) => name.Length <= 255 && Repository().IsMatch(name);

    public static bool IsTag(string name) => Tag().IsMatch(name);

    [GeneratedRegex(@"^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Repository();

    [GeneratedRegex(@"^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tag();
}
