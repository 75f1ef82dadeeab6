namespace Frosting.Tests;

/// <summary>What the tasks of one run did, in order.</summary>
internal sealed class Trail
{
    private readonly List<string> steps = [];

    public IReadOnlyList<string> Steps => steps;

    public void Add(string step) => steps.Add(step);
}
