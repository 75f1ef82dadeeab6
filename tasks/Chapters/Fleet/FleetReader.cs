using System.Text.RegularExpressions;
using DssPipeline.Convergence;
using Microsoft.Extensions.FileSystemGlobbing;

namespace DssPipeline.Chapters;

/// <summary>Finds the manifests of a fleet. A folder is a ring, and rings follow one another by name, numbers by their value.</summary>
public static partial class FleetReader
{
    /// <param name="pattern">Which files are manifests: <c>fleet/*/*.yml</c>.</param>
    /// <exception cref="ProblemException">There are none, or two of one name.</exception>
    public static Fleet Read(string pattern, string folder)
    {
        var (root, rest) = Rooted(pattern.Replace('\\', '/'), folder);
        var found = new Matcher().AddInclude(rest).GetResultsInFullPath(root).Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).ToHashSet(StringComparer.Ordinal);
        var rings = found.Where(file => !IsOverlay(file, folder))
            .GroupBy(file => Path.GetDirectoryName(file) ?? "", StringComparer.Ordinal)
            .OrderBy(ring => Sorted(ring.Key), StringComparer.Ordinal)
            .Select(ring => new Ring(NameOf(ring.Key, folder), [.. ring.OrderBy(Sorted, StringComparer.Ordinal).Select(file => new Member(Path.GetFileNameWithoutExtension(file), file))]))
            .ToList();
        return rings.Count > 0 ? Distinct(new(rings)) : throw new ProblemException(new Problem(
            "Fleet is empty",
            $"--manifests \"{pattern}\" finds no file in {folder}. Each folder with manifests is a ring: write fleet/1-first/one.yml, fleet/2-others/two.yml and name them with --manifests \"fleet/*/*.yml\"."));
    }

    /// <summary>The name is all that tells members apart in artifacts, comments and queues, and not every one of those heeds case.</summary>
    private static Fleet Distinct(Fleet fleet)
    {
        var twice = fleet.Members.GroupBy(member => member.Name, StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > 1).Select(Twice).ToList();
        return twice is [] ? fleet : throw new ProblemException(twice);
    }

    private static Problem Twice(IEnumerable<Member> same) => new(
        "Fleet has a name twice",
        $"{string.Join(" and ", same.Select(member => member.Manifest))} have one name. A member is named after its file, and plans, reports, comments and queues of the two would be taken for each other. Rename one of the files.");

    /// <summary>The folders that the pattern names in full, and the rest of it.</summary>
    private static (string Root, string Pattern) Rooted(string pattern, string folder)
    {
        var words = pattern.Split('/');
        var named = words.TakeWhile(word => !word.Contains('*', StringComparison.Ordinal)).Count();
        var fixedPart = string.Join('/', words.Take(Math.Min(named, words.Length - 1)));
        return (Path.GetFullPath(Path.Combine(folder, pattern.StartsWith('/') ? $"/{fixedPart.TrimStart('/')}" : fixedPart)), string.Join('/', words.Skip(Math.Min(named, words.Length - 1))));
    }

    private static string NameOf(string folder, string root) => folder.Length > 0 ? Path.GetFileName(folder) : Path.GetFileName(Path.GetFullPath(root));

    /// <summary>What is laid over a manifest for an environment is none itself: <c>one.prod.yml</c> beside <c>one.yml</c>.</summary>
    private static bool IsOverlay(string file, string folder)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        return name.LastIndexOf('.') is > 0 and var dot && File.Exists(Path.Combine(folder, Path.GetDirectoryName(file) ?? "", $"{name[..dot]}{Path.GetExtension(file)}"));
    }

    // ring-2 comes before ring-10.
    private static string Sorted(string name) => Digits().Replace(name, number => number.Value.PadLeft(12, '0'));

    [GeneratedRegex(@"\d+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Digits();
}
