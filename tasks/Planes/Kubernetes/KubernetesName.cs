using System.Text.RegularExpressions;

namespace DssPipeline.Planes;

/// <summary>One object of a cluster: kind as kubectl takes it, namespace (null for what lives in none) and name.</summary>
public sealed partial record KubernetesName
{
    public KubernetesName(string kind, string? space, string name) =>
        (Kind, Namespace, Name) = (Checked(kind), space is null ? null : Checked(space), Checked(name));

    public string Kind { get; }

    public string? Namespace { get; }

    public string Name { get; }

    public override string ToString() => Namespace is null ? $"{Kind}/{Name}" : $"{Kind}/{Namespace}/{Name}";

    /// <summary>A word that no program can take for an option, a path or a pattern.</summary>
    internal static string Checked(string word) => Word().IsMatch(word) ? word : throw new ArgumentException($"'{word}' is no name in Kubernetes: lower case letters, digits, '-' and '.', beginning and ending with a letter or digit.", nameof(word));

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}
