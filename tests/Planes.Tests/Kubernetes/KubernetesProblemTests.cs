using System.Text.RegularExpressions;

namespace DssPipeline.Planes.Tests;

public sealed partial class KubernetesProblemTests
{
    private static readonly KnownProblems Known = KnownProblems.Of("Kubernetes");

    public static TheoryData<int> Rows => [.. Enumerable.Range(0, Known.Rows.Count)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_row_speaks_for_its_sample_and_tells_what_why_and_what_next(int index)
    {
        var row = Known.Rows[index];
        var error = new RemoteError(1, row.Codes[0], row.Sample) { Facts = new Dictionary<string, string>(StringComparer.Ordinal) { ["cluster"] = "aks", ["image"] = "acr/x:1" } };

        var told = Known.Tell(error, "namespaces/team");

        Assert.Same(row, Known.Find(error));
        Assert.Matches("^[A-Za-z][^{}/]{5,60}$", told.Summary);
        Assert.DoesNotMatch(Placeholder(), told.Detail + told.Command);
        Assert.EndsWith(".", told.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("E1122 15:20:47.881642    3773 memcache.go:265] \"Unhandled Error\"\nerror: You must be logged in to the server (the server has asked for the client to provide credentials)\n", "Unauthorized")]
    [InlineData("Error from server (Forbidden): pods is forbidden: User \"x\" cannot list resource\n", "Forbidden")]
    [InlineData("Unable to connect to the server: dial tcp: lookup aks.hcp.westeurope.azmk8s.io: no such host\n", "Unreachable")]
    [InlineData("error: unknown flag: --colour\n", "KubectlFailed")]
    public void What_kubectl_says_is_understood(string said, string code) => Assert.Equal(code, KubectlAnswer.Of(1, "", said).Error!.Code);

    [GeneratedRegex(@"\{\w+\}|unknown(?! authority)", RegexOptions.None, 1000)]
    private static partial Regex Placeholder();
}
