using System.Text.RegularExpressions;

namespace DssPipeline.Planes.Tests;

public sealed partial class KnownProblemsTests
{
    private static readonly KnownProblems Azure = KnownProblems.Of("Azure");

    public static TheoryData<int> Rows => [.. Enumerable.Range(0, Azure.Rows.Count)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_row_speaks_for_its_sample(int index)
    {
        var row = Azure.Rows[index];

        var found = (row.Codes.Count == 0 ? [""] : row.Codes).Select(code => Azure.Find(Sample(row) with { Code = code }));

        Assert.Contains(row, found);
        Assert.All(found, speaker => Assert.True(speaker is not null));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_row_tells_what_why_and_what_next(int index)
    {
        var row = Azure.Rows[index];
        var facts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["name"] = "kv1",
            ["secret"] = "dss-license",
            ["namespace"] = "Microsoft.KeyVault",
            ["subscription"] = "s1",
            ["group"] = "rg1",
            ["host"] = "h",
            ["port"] = "443",
            ["policyDefinitionDisplayName"] = "P",
            ["policyAssignmentName"] = "A",
            ["locks"] = "/subscriptions/s1/providers/Microsoft.Authorization/locks/l",
        };

        var told = Azure.Tell(Sample(row) with { Facts = facts }, "/subscriptions/s1/x");

        Assert.Matches("^[A-Z][^{}/]{5,60}$", told.Summary);
        Assert.DoesNotMatch(Placeholder(), told.Detail + told.Command);
        Assert.EndsWith(".", told.Detail.TrimEnd('`'), StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_error_shows_code_and_message()
    {
        var told = Azure.Tell(new RemoteError(409, "NeverHeardOf", "Something new.") { Correlation = "c-1" }, "/subscriptions/s1/x");

        Assert.Contains("NeverHeardOf: Something new.", told.Detail, StringComparison.Ordinal);
        Assert.Equal("c-1", told.Correlation);
    }

    private static RemoteError Sample(KnownProblem row) =>
        new(row.Statuses.Count > 0 ? row.Statuses[0] : 400, row.Codes.Count > 0 ? row.Codes[0] : "", row.Sample);

    [GeneratedRegex(@"\{\w+\}|unknown\b", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
