namespace DssPipeline.Planes.Tests;

public sealed class DssProblemTests
{
    private static readonly KnownProblems Known = KnownProblems.Of("Dss");

    public static TheoryData<int> Rows => [.. Enumerable.Range(0, Known.Rows.Count)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_row_speaks_for_its_sample_and_tells_what_why_and_what_next(int index)
    {
        var row = Known.Rows[index];
        var facts = new Dictionary<string, string>(StringComparer.Ordinal) { ["address"] = "https://dss", ["type"] = "CodedException", ["what"] = "it is done" };

        var samples = (row.Codes.Count == 0 ? [""] : row.Codes).Select(code => new RemoteError(row.Statuses.Count > 0 ? row.Statuses[0] : 0, code, row.Sample) { Facts = facts }).ToList();
        var told = Known.Tell(samples[0], "GET admin/general-settings");

        Assert.All(samples, sample => Assert.Same(row, Known.Find(sample)));
        Assert.Matches("^[A-Z][^{}/]{5,60}$", told.Summary);
        Assert.DoesNotMatch(@"\{\w+\}|is unknown\b.*unknown", told.Detail);
        Assert.EndsWith(".", told.Detail, StringComparison.Ordinal);
    }
}
