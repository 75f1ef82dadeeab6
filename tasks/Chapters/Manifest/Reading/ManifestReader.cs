using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>Reads a manifest strictly: everything that is wrong with it is told at once, each problem at its place, and nothing is asked of any remote.</summary>
public static class ManifestReader
{
    /// <summary>The manifest of a file, or a <see cref="ProblemException"/> with all its problems.</summary>
    public static Manifest Read(string path, ReadOptions options)
    {
        var files = options.Environment is { } name && EnvironmentOverlay.FileFor(path, name) is { } beside && File.Exists(beside)
            ? [new ManifestFile(path, ManifestText.Load(path)), new ManifestFile(beside, ManifestText.Load(beside))]
            : new[] { new ManifestFile(path, ManifestText.Load(path)) };
        return Read(files, Path.GetDirectoryName(Path.GetFullPath(path)) ?? "", options);
    }

    /// <summary>The manifest of a text, as if it stood in a file of that name.</summary>
    public static Manifest ReadText(string text, string name, ReadOptions options) =>
        Read([new(name, text)], "", options);

    private static Manifest Read(IReadOnlyList<ManifestFile> files, string folder, ReadOptions options)
    {
        var findings = new Findings();
        var trees = files.Select(file => file.Parse(findings)).ToList();
        var root = EnvironmentOverlay.Apply(trees[0], trees.Count > 1 ? trees[1] : null, options.Environment, findings);
        foreach (var text in options.Sets) root = Setting.Apply(text, root, findings);

        var binder = new Binder(findings, new SourceText(options, folder));
        var manifest = (Manifest)binder.Section(SectionShape.Root, SectionShape.Root.Blank(), root, Spot.Root(root.Place));
        manifest = manifest with { Places = binder.Places };
        CrossChecks.Run(manifest, findings);
        findings.ThrowIfAny();
        return manifest;
    }
}
