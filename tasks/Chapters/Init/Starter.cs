using System.Reflection;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>The first files of a new repository: manifest, pipeline and README. What is there already is never touched.</summary>
public sealed class Starter(StarterWish wish)
{
    /// <summary>All files, in the order they are told.</summary>
    public IReadOnlyList<StarterFile> Files =>
    [
        // A service connection knows who it is; a workflow of GitHub has to be told.
        new("deployment.yml", Text("deployment.yml").Replace("{{sign-in}}", IsOnGitHub ? Text("signIn.yml") : "", StringComparison.Ordinal)),
        IsOnGitHub ? new(".github/workflows/dss.yml", Text("github.yml")) : new("azure-pipelines.yml", Text("azure-pipelines.yml")),
        new("README.md", Text("README.md").Replace("{{first-steps}}", Text(IsOnGitHub ? "github.md" : "azure-devops.md").TrimEnd(), StringComparison.Ordinal)),
    ];

    private bool IsOnGitHub => wish.Vendor is StarterVendor.GitHub;

    /// <exception cref="ProblemException">The manifest would not be valid, or a file is in the way; all of it at once.</exception>
    public void Check(string folder)
    {
        ManifestReader.ReadText(Files[0].Text, Files[0].Path, new ReadOptions { Missing = MissingSources.StandIn });
        var taken = Files.Select(file => file.Path).Where(path => Path.Exists(Path.Combine(folder, path))).ToList();
        if (taken is []) return;

        throw new ProblemException(new Problem(
            "Files are in the way",
            $"Init writes {string.Join(", ", Files.Select(file => file.Path))}, and {string.Join(", ", taken)} {(taken.Count == 1 ? "is" : "are")} there already. Nothing was written. Move what is in the way, or start in an empty folder."));
    }

    /// <summary>Writes every file; fails rather than overwrite one that came meanwhile.</summary>
    public async Task WriteAsync(string folder, CancellationToken cancel)
    {
        foreach (var file in Files)
        {
            var path = Path.Combine(folder, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await using var writer = new StreamWriter(new FileStream(path, FileMode.CreateNew));
            await writer.WriteAsync(file.Text.AsMemory(), cancel);
        }
    }

    private string Text(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"starter/{name}") ?? throw new InvalidOperationException($"There is no starter file {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd()
            .Replace("{{name}}", wish.Name, StringComparison.Ordinal)
            .Replace("{{location}}", wish.Location, StringComparison.Ordinal)
            .Replace("{{account}}", $"st{wish.Name.Replace("-", "", StringComparison.Ordinal)}", StringComparison.Ordinal);
    }
}
