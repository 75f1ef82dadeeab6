using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(DssPipeline.Rehearsal.Tests.LongFirst))]

namespace DssPipeline.Rehearsal.Tests;

/// <summary>Classes that take minutes begin first, so that none of them is alone at the end.</summary>
public sealed class LongFirst : ITestCollectionOrderer
{
    private static readonly IReadOnlyList<string> Long =
    [
        .. typeof(LongFirst).Assembly.GetTypes().Where(type => type.IsDefined(typeof(TakesMinutesAttribute), inherit: true)).Select(type => $" {type.FullName} "),
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderByDescending(collection => Long.Any(name => collection.TestCollectionDisplayName.Contains(name, StringComparison.Ordinal)))];
}
