namespace DssPipeline.Docs.Tests;

/// <summary>Says everything that a check has found, not only the first of it.</summary>
internal static class Found
{
    public static void Nothing(IEnumerable<string> findings)
    {
        var all = findings.ToList();

        Assert.True(all is [], $"{all.Count} found:\n{string.Join('\n', all)}");
    }
}
