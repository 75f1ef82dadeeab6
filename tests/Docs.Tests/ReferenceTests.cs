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

    // What the architecture asks for, in its order, by words that its page here must have.
    private static readonly string[] Asked =
    [
        "Azure virtual machine", "AKS", "ADLS gen2", "resource group", "service principal", "manage AKS clusters", "push images to ACR", "read and write ADLS gen2",
        "AlmaLinux 8", "Docker CE", "kubectl", "non-root user",
        "standalone Hadoop libraries and Spark binaries", "install DSS", "base container-exec and Spark images",
        "\"Kubernetes\" containerized execution", "its image registry URL", "push base images",
        "\"Managed Spark-on-K8S\"", "its image registry URL", "push base images", "\"Internal DSS catalog\"",
        "Azure blob storage connections", "\"ABFS\"",
        "install the plugin", "\"AKS connection\" preset", "\"Node pools\" preset",
        "\"Create AKS cluster\"", "presets", "service CIDR and a DNS IP", "5 to 10 minutes",
        "project that uses the cluster", "Spark operations", "sync to the metastore",
    ];

    [Fact]
    public void Every_sentence_is_on_the_page_in_its_order()
    {
        var sentences = new Queue<string>(Rows.Select(row => row[0]));

        Found.Nothing(Asked.Where(words =>
        {
            while (sentences.TryDequeue(out var sentence))
            {
                if (sentence.Contains(words, StringComparison.Ordinal)) return false;
            }

            return true;
        }));
    }

    [Fact]
    public void Every_row_names_a_task_a_resource_and_a_test() =>
        Found.Nothing(Rows.Where(row => row.Length != 4 || row.Skip(1).Any(cell => !Word().IsMatch(cell))).Select(row => string.Join(" | ", row)));

    [Fact]
    public void Every_task_exists() => Found.Nothing(Words(1).Except(Contents.Targets, StringComparer.Ordinal));

    [Fact]
    public void Every_resource_is_one_that_the_code_makes()
    {
        var sources = string.Concat(Repository.Ending(".cs").Where(file => file.StartsWith("tasks/Chapters/", StringComparison.Ordinal)).Select(Repository.Read));

        Found.Nothing(Words(2).Where(kind => !sources.Contains($"\"{kind.Split('/')[1]}\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_test_exists()
    {
        var files = Repository.Ending(".cs").Where(file => file.StartsWith("tests/", StringComparison.Ordinal)).Select(file => Path.GetFileNameWithoutExtension(file)).ToHashSet(StringComparer.Ordinal);

        Found.Nothing(Words(3).Except(files, StringComparer.Ordinal));
    }

    [Fact]
    public void Every_task_that_makes_something_is_on_the_page() => Found.Nothing(Contents.Told.Except(Words(1), StringComparer.Ordinal).Except(["CreateNetwork"], StringComparer.Ordinal));

    private static IEnumerable<string> Words(int column) => Rows.SelectMany(row => Word().Matches(row[column]).Select(match => match.Groups["word"].Value)).Distinct(StringComparer.Ordinal);

    [GeneratedRegex("`(?<word>[A-Za-z/]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}
