using System.Text.RegularExpressions;

namespace DssPipeline.Docs.Tests;

/// <summary>Links inside the repository lead somewhere, and every page can be found from the README.</summary>
public partial class LinksTests
{
    [Fact]
    public void Every_relative_link_leads_to_a_file_and_a_heading()
    {
        var links = Page.All.SelectMany(page => page.Links.Where(link => IsRelative(link.Target)).Select(link => (Page: page, link.Target, link.Line))).ToList();

        var broken = links.Where(link => !Leads(link.Page, link.Target)).Select(link => $"{link.Page.File}:{link.Line}: {link.Target} leads nowhere");

        Assert.NotEmpty(links);
        Found.Nothing(broken);
    }

    [Fact]
    public void Every_page_of_the_docs_is_reachable_from_the_README()
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var left = new Queue<string>(["README.md"]);
        while (left.TryDequeue(out var file))
        {
            if (!found.Add(file) || !file.EndsWith(".md", StringComparison.Ordinal)) continue;
            foreach (var (target, _) in Page.Of(file).Links.Where(link => IsRelative(link.Target))) Spread(Resolve(file, target.Split('#')[0]), left);
        }

        Found.Nothing(Repository.Below("docs", ".md").Except(found, StringComparer.Ordinal));
    }

    [Fact]
    public void Every_page_that_the_sources_name_exists()
    {
        var named = Repository.Ending(".cs", ".yml", ".sh", ".cake", ".json").SelectMany(file => PageName().Matches(Repository.Read(file)).Select(match => (file, match.Value))).ToList();

        Assert.NotEmpty(named);
        Found.Nothing(named.Where(page => !Repository.Has(page.Value)).Select(page => $"{page.file} names {page.Value}").Distinct());
    }

    // A link to a folder shows all that lies in it.
    private static void Spread(string target, Queue<string> left)
    {
        var pages = Directory.Exists(Repository.Full(target)) ? Repository.Files.Where(file => file.StartsWith($"{target.TrimEnd('/')}/", StringComparison.Ordinal)) : [target];
        foreach (var page in pages.Where(Repository.Files.Contains)) left.Enqueue(page);
    }

    private static bool IsRelative(string target) => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal);

    private static bool Leads(Page page, string target)
    {
        var (path, anchor) = target.Split('#', 2) is [var before, var after] ? (before, after) : (target, null);
        var file = path.Length == 0 ? page.File : Resolve(page.File, path);
        if (!Repository.Has(file)) return false;
        return anchor is null || !file.EndsWith(".md", StringComparison.Ordinal) || Page.Of(file).Headings.Any(heading => Page.Anchor(heading.Text) == anchor);
    }

    private static string Resolve(string from, string target)
    {
        var full = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Repository.Full(from))!, Uri.UnescapeDataString(target)));
        return Path.GetRelativePath(Repository.Root, full).Replace('\\', '/');
    }

    [GeneratedRegex(@"\bdocs/[\w/-]+\.md\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PageName();
}
