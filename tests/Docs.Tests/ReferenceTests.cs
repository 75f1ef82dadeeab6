using System.Text.RegularExpressions;
using DssPipeline.Chapters;

namespace DssPipeline.Docs.Tests;

/// <summary>The page that goes through the reference architecture names tasks, resources and tests that there are.</summary>
public sealed partial class ReferenceTests
{
    private static readonly string[][] Rows =
    [
        .. Repository.Read("docs/reference-architecture.md").Split('\n')
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| sentence", StringComparison.Ordinal))
            .Select(line => line.Trim('|', ' ').Split(" | ")),
    ];

    // Each sentence of the architecture, in its order, by the words that its row here must have.
    private static readonly string[][] Asked =
    [
        ["Azure virtual machine"], ["AKS", "recipes", "notebooks", "visual ML", "Spark"], ["ADLS gen2"], ["resource group"], ["service principal", "sufficient permissions"], ["manage AKS clusters"], ["push images to ACR"], ["read and write ADLS gen2"],
        ["AlmaLinux 8", "resource group"], ["Docker CE"], ["kubectl"], ["non-root user"],
        ["standalone Hadoop libraries and Spark binaries"], ["install DSS"], ["base container-exec and Spark images"],
        ["\"Kubernetes\" containerized execution"], ["image registry URL"], ["push base images"],
        ["\"Managed Spark-on-K8S\""], ["image registry URL"], ["push base images"], ["\"Internal DSS catalog\""],
        ["Azure blob storage connections", "credentials and permissions"], ["\"ABFS\"", "HDFS interface"],
        ["install the plugin"], ["\"AKS connection\" preset", "subscription", "tenant", "client", "secret"], ["\"Node pools\" preset", "machine type", "number of nodes"],
        ["\"Create AKS cluster\"", "desired name"], ["presets"], ["service CIDR and a DNS IP"], ["start", "5 to 10 minutes"],
        ["new project", "uses the cluster"], ["Spark operations", "over Kubernetes"], ["ADLS gen2 datasets", "sync to the metastore"],
    ];

    [Fact]
    public void Every_sentence_has_its_row_in_its_order_and_no_row_is_of_another()
    {
        Assert.Equal(Asked.Length, Rows.Length);
        Found.Nothing(Asked.Zip(Rows, (asked, row) => asked.Where(words => !row[0].Contains(words, StringComparison.Ordinal)).Select(words => $"'{row[0]}' lacks '{words}'")).SelectMany(lacking => lacking));
    }

    [Fact]
    public void Every_row_names_a_task_a_resource_and_a_test() =>
        Found.Nothing(Rows.Where(row => row.Length != 4 || row.Skip(1).Any(cell => !Word().IsMatch(cell) || Word().Replace(cell, "").Trim().Length > 0)).Select(row => string.Join(" | ", row)));

    [Fact]
    public void Every_task_is_one_of_the_program() => Found.Nothing(Words(1).Except(Contents.Targets, StringComparer.Ordinal));

    [Fact]
    public void Every_resource_is_declared_by_a_task_of_its_row() => Found.Nothing(
        from row in Rows
        from kind in Words(row[2])
        where !Words(row[1]).Any(task => Declared.Kinds[task].Contains(kind, StringComparer.Ordinal))
        select $"{kind} is declared by none of {row[1]}");

    [Fact]
    public void Every_test_is_one_that_runs() => Found.Nothing(Words(3).Except(TestSources.Names, StringComparer.Ordinal));

    [Fact]
    public void Every_task_that_makes_something_is_on_the_page() => Found.Nothing(Contents.Told.Except(Words(1), StringComparer.Ordinal).Except(["CreateNetwork"], StringComparer.Ordinal));

    private static IEnumerable<string> Words(int column) => Rows.SelectMany(row => Words(row[column])).Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> Words(string cell) => Word().Matches(cell).Select(match => match.Groups["word"].Value);

    [GeneratedRegex("`(?<word>[^`]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}
