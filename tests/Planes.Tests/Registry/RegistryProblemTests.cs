namespace DssPipeline.Planes.Tests;

public sealed class RegistryProblemTests
{
    private static readonly KnownProblems Known = KnownProblems.Of("Registry");

    public static TheoryData<int> Rows => [.. Enumerable.Range(0, Known.Rows.Count)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_row_speaks_for_its_sample_and_tells_what_why_and_what_next(int index)
    {
        var row = Known.Rows[index];
        var error = new RemoteError(row.Statuses.Count > 0 ? row.Statuses[0] : 200, row.Codes.Count > 0 ? row.Codes[0] : "", row.Sample)
        {
            Facts = new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = "acrone", ["repository"] = "team/hello" },
        };

        var told = Known.Tell(error, "The image");

        Assert.Same(row, Known.Find(error));
        Assert.Matches("^[A-Z][^{}/]{5,60}$", told.Summary);
        Assert.DoesNotContain("{", told.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("unknown", told.Detail, StringComparison.Ordinal);
        Assert.EndsWith(".", told.Detail, StringComparison.Ordinal);
    }
}
