using DssPipeline.Convergence;

namespace DssPipeline.Chapters.Tests;

/// <summary>A small manifest that is right, for tests that change one thing.</summary>
internal static class Sample
{
    public const string Text = """
        name: demo
        azure:
          subscription: 00000000-0000-0000-0000-000000000001
          tenant: 00000000-0000-0000-0000-000000000002
          location: westeurope
        network:
          allowedSources: [203.0.113.0/24]
        vm:
          sshPublicKey: ${env:KEY}
        dss:
          version: 14.2.0
        adls:
          - account: stdemo
            containers: [data]
          - account: stother
            containers: [data]
        aks:
          nodePools: [{ name: nodes }]
          clusters: [{ name: aks-demo }]

        """;

    public static ReadOptions Options { get; } = new()
    {
        Variables = name => name == "KEY" ? Forms.Of(Form.SshPublicKey)!.Example : null,
        Files = _ => null,
    };

    public static Manifest Read(string more = "", params string[] sets) => Read(Options with { Sets = sets }, more);

    public static Manifest Read(ReadOptions options, string more = "") => ManifestReader.ReadText(Text + more, "demo.yml", options);

    /// <summary>The sample with lines added to its section dss.</summary>
    public static Manifest ReadDss(ReadOptions options, params string[] lines) => ManifestReader.ReadText(WithDss(lines), "demo.yml", options);

    public static string WithDss(params string[] lines) =>
        Text.Replace("  version: 14.2.0\n", "  version: 14.2.0\n" + string.Concat(lines.Select(line => $"  {line}\n")), StringComparison.Ordinal);

    /// <summary>The problems of the sample with something added, each as <c>place: summary: detail</c>.</summary>
    public static IReadOnlyList<string> Problems(ReadOptions options, string more = "") =>
        [.. Assert.Throws<ProblemException>(() => Read(options, more)).Problems.Select(problem => problem.ToString())];
}
