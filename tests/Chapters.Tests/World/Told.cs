using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters.Tests;

/// <summary>The chapters of a manifest, in the order they are told, with what they need.</summary>
internal sealed class Told(Manifest manifest, Arm arm, TimeProvider clock)
{
    /// <summary>Every chapter, made as the host makes it.</summary>
    public Contents Contents { get; } = new(typeof(ConvergingTask).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(ConvergingTask)))
        .Select(type => (ConvergingTask)Make(type, arm, clock)));

    public IReadOnlyList<Part> Parts => [.. Contents.All.Select(task => Contents.PartOf(task, manifest))];

    public IReadOnlyList<Resource> Resources => [.. Parts.SelectMany(part => part.Resources)];

    private static object Make(Type task, params object[] offered)
    {
        var wanted = task.GetConstructors().Single().GetParameters();
        return Activator.CreateInstance(task, [.. wanted.Select(parameter => offered.Single(parameter.ParameterType.IsInstanceOfType))])!;
    }
}
