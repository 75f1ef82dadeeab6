using DssPipeline.Planes;

namespace DssPipeline.Pipelines.Tests;

public class GitHubProblemTests
{
    private static readonly KnownProblems Known = KnownProblems.Of("GitHub");

    public static TheoryData<int> Rows => [.. Enumerable.Range(0, Known.Rows.Count)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_row_speaks_for_its_sample_and_tells_what_why_and_what_next(int index)
    {
        var row = Known.Rows[index];

        foreach (var status in row.Statuses)
        {
            var error = new RemoteError(status, "", row.Sample);
            var told = Known.Tell(error, "repos/acme/data/issues/7/comments");

            Assert.Same(row, Known.Find(error));
            Assert.Matches("^[A-Z][^{}/]{5,60}$", told.Summary);
            Assert.DoesNotContain("{", told.Detail, StringComparison.Ordinal);
            Assert.EndsWith(".", told.Detail, StringComparison.Ordinal);
        }
    }
}
