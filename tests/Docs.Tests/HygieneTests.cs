using System.Text.RegularExpressions;

namespace DssPipeline.Docs.Tests;

/// <summary>What must not be found in a file of this repository.</summary>
public partial class HygieneTests
{
    // Places that the program talks to, or that its words send a reader to. A new one is a decision: add it here.
    private static readonly string[] Hosts =
    [
        "learn.microsoft.com", "docs.microsoft.com", "go.microsoft.com", "almalinux.org", "status.azure.com", "aka.ms", "portal.azure.com", "json-schema.org", "graph.microsoft.com",
        "management.azure.com", "management.core.windows.net", "login.microsoftonline.com", "sts.windows.net", "vault.azure.net", "storage.azure.com", "containerregistry.azure.net", "registry-1.docker.io", "index.docker.io",
        "token.actions.githubusercontent.com", "vstoken.dev.azure.com", "github.com", "docs.github.com", "doc.dataiku.com", "developer.dataiku.com", "cdn.downloads.dataiku.com", "example.com",
        "download.docker.com", "kubernetes.io", "pkgs.k8s.io", "packages.microsoft.com", "dl.fedoraproject.org",
    ];

    private static readonly string[] HostEnds = [".vault.azure.net", ".blob.core.windows.net", ".dfs.core.windows.net", ".azurecr.io", ".almalinux.org", ".example", ".example.com", ".test", ".invalid"];

    // What lies here runs on a machine of its own, with scratch space of its own.
    private static readonly string[] OnMachines =
    [
        "sandbox/Machine/Downloads/", "sandbox/Machine/Image/", "tests/Chapters.Tests/InstallDss/", "tests/Chapters.Tests/Machine/", "tests/Planes.Tests/Machine/", "tests/Rehearsal.Tests/Machine/",
        "tests/Sandbox.Tests/Machine/", "tests/Sandbox.Tests/StandIns/",
    ];

    // Where text may go straight to the terminal: the hosts and what a benchmark prints.
    private static readonly string[] Printing = ["build/", "sandbox/Program.cs", "tests/Benchmarks/", "tasks/Convergence/Printing/", "tasks/Chapters/Ci/"];

    private static IEnumerable<string> Texts => Repository.Files.Where(file => !file.EndsWith(".pfx", StringComparison.Ordinal));

    private static IEnumerable<string> Sources => Repository.Ending(".cs");

    [Fact]
    public void No_file_names_a_folder_of_the_machine_it_was_written_on()
    {
        var here = Repository.Root;

        var found = Texts.SelectMany(file => Lines(file, line => line.Contains(here, StringComparison.Ordinal) || MachinePath().IsMatch(line) || (ScratchPath().IsMatch(line) && !IsOnMachine(file))));

        Found.Nothing(found);
    }

    [Fact]
    public void Every_host_is_a_known_one()
    {
        var found = Texts.SelectMany(file => Lines(file, line => Host().Matches(line).Any(match => !IsKnown(match.Groups["host"].Value))));

        Found.Nothing(found);
    }

    [Fact]
    public void Nothing_says_where_packages_come_from()
    {
        var found = Repository.Files.Where(file => Path.GetFileName(file).ToLowerInvariant() is "nuget.config" or ".npmrc" or "pip.conf");

        Found.Nothing(found);
    }

    [Fact]
    public void Nothing_is_left_for_later()
    {
        var found = Texts.SelectMany(file => Lines(file, line => Later().IsMatch(line)));

        Found.Nothing(found);
    }

    [Fact]
    public void Nothing_sleeps()
    {
        var found = Sources.SelectMany(file => Lines(file, line => Sleep().IsMatch(line)));

        Found.Nothing(found);
    }

    [Fact]
    public void Only_printing_code_writes_to_the_terminal()
    {
        var found = Sources.Where(file => !Printing.Any(place => file.StartsWith(place, StringComparison.Ordinal))).SelectMany(file => Lines(file, line => Write().IsMatch(line)));

        Found.Nothing(found);
    }

    [Fact]
    public void No_file_is_too_long_to_be_read_at_once()
    {
        var found = Sources.Where(file => Repository.Read(file).AsSpan().Count('\n') > (file.StartsWith("tests/", StringComparison.Ordinal) ? 300 : 250));

        Found.Nothing(found);
    }

    [Fact]
    public void No_folder_has_a_name_without_an_idea()
    {
        string[] empty = ["Utils", "Helpers", "Common", "Manager", "Misc"];

        var found = Sources.Where(file => file.Split('/').Select(Path.GetFileNameWithoutExtension).Intersect(empty, StringComparer.OrdinalIgnoreCase).Any());

        Found.Nothing(found);
    }

    private static bool IsOnMachine(string file) => OnMachines.Any(place => file.StartsWith(place, StringComparison.Ordinal));

    private static bool IsKnown(string host) => Hosts.Contains(host, StringComparer.OrdinalIgnoreCase)
        || HostEnds.Any(end => host.EndsWith(end, StringComparison.OrdinalIgnoreCase))
        || host is "localhost" or "127.0.0.1" or "169.254.169.254"
        || !host.Contains('.');

    private static IEnumerable<string> Lines(string file, Predicate<string> wanted) =>
        Repository.Read(file).Split('\n').Index().Where(line => wanted(line.Item)).Select(line => $"{file}:{line.Index + 1}: {line.Item.Trim()}");

    // The usual roots of a checkout and of a home.
    [GeneratedRegex("""(?<=["'\s(=`])(/(work|workspaces?|builds?|runner|Users)/|[A-Z]:\\Users\\)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MachinePath();

    [GeneratedRegex("""(?<=["'\s(=`])/(tmp|mnt)/""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ScratchPath();

    [GeneratedRegex(@"\bhttps?://(?<host>[A-Za-z0-9.-]*[A-Za-z0-9])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Host();

    // Written so that this file does not match itself.
    [GeneratedRegex(@"\b(TO[D]O|FIX[M]E|HA[C]K|NotImplemented[E]xception)\b|\bissues? #?[0-9]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Later();

    [GeneratedRegex(@"\bThread\.Sl[e]ep\b|\bawait Task\.Delay\((TimeSpan\.From\w+\([^)]*\)|[0-9_]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Sleep();

    [GeneratedRegex(@"\bConsole\.(Out\.|Error\.)?Wr[i]te", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Write();
}
