namespace DssPipeline.Sandbox;

/// <summary>The regions of the sandbox's Azure; their names compare without case and blanks.</summary>
internal static class Regions
{
    private static readonly string[] Displayed =
    [
        "Australia East", "Australia Southeast", "Austria East", "Belgium Central", "Brazil South", "Canada Central", "Canada East", "Central India", "Central US",
        "Chile Central", "East Asia", "East US", "East US 2", "France Central", "Germany West Central", "Indonesia Central", "Israel Central", "Italy North", "Japan East",
        "Japan West", "Korea Central", "Malaysia West", "Mexico Central", "New Zealand North", "North Central US", "North Europe", "Norway East", "Poland Central",
        "Qatar Central", "South Africa North", "South Central US", "South India", "Southeast Asia", "Spain Central", "Sweden Central", "Switzerland North", "UAE North",
        "UK South", "UK West", "West Central US", "West Europe", "West US", "West US 2", "West US 3",
    ];

    public static IReadOnlyList<string> Names { get; } = [.. Displayed.Select(Plain)];

    public static IEnumerable<(string Name, string Display)> All => Displayed.Select(display => (Plain(display), display));

    public static string Plain(string location) => location.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();

    public static bool Has(string location) => Names.Contains(Plain(location), StringComparer.Ordinal);
}
