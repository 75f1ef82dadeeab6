using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DssPipeline.Docs.Tests;

/// <summary>The tests of the repository, from their sources as the compiler reads them.</summary>
internal static class TestSources
{
    private static readonly CSharpParseOptions Newest = new(LanguageVersion.Preview);

    /// <summary>Each class that has tests, and each of its tests as <c>Class.Method</c>.</summary>
    public static IReadOnlySet<string> Names { get; } = Repository.Below("tests", ".cs").SelectMany(file => Tests(Repository.Read(file))).ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<string> Tests(string source) =>
        from method in CSharpSyntaxTree.ParseText(source, Newest).GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>()
        where method.Parent is ClassDeclarationSyntax && method.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => $"{attribute.Name}" is "Fact" or "Theory")
        let owner = ((ClassDeclarationSyntax)method.Parent!).Identifier.Text
        from name in (string[])[owner, $"{owner}.{method.Identifier.Text}"]
        select name;
}
