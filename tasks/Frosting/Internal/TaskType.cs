using System.Reflection;
using Cake.Core;

namespace Cake.Frosting.Internal;

/// <summary>What a task's class says of it: its name, its neighbours, and which of its methods are its own.</summary>
internal sealed class TaskType(Type type)
{
    public string Name => NameOf(type);

    public string? Description => type.GetCustomAttribute<TaskDescriptionAttribute>()?.Description;

    public Type Context => Base?.GenericTypeArguments[0] ?? typeof(ICakeContext);

    public bool Runs => Overrides(nameof(IFrostingTask.RunAsync)) || Overrides(nameof(FrostingTask.Run));

    public bool Chooses => Overrides(nameof(IFrostingTask.ShouldRun));

    public bool HandlesErrors => Overrides(nameof(IFrostingTask.OnError));

    public bool CleansUp => Overrides(nameof(IFrostingTask.Finally));

    public bool ContinuesOnError => type.IsDefined(typeof(ContinueOnErrorAttribute));

    public IEnumerable<string> Dependencies => type.GetCustomAttributes<IsDependentOnAttribute>().Select(attribute => NeighbourOf(attribute.Task));

    public IEnumerable<string> Dependees => type.GetCustomAttributes<IsDependeeOfAttribute>().Select(attribute => NeighbourOf(attribute.Task));

    private Type? Base => Ancestors.FirstOrDefault(IsBase);

    private IEnumerable<Type> Ancestors
    {
        get
        {
            for (var ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType) yield return ancestor;
        }
    }

    /// <summary>The exported tasks of an assembly that can be built.</summary>
    public static IEnumerable<Type> In(Assembly assembly) =>
        assembly.GetExportedTypes().Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IFrostingTask)));

    private static string NameOf(Type type) => type.GetCustomAttribute<TaskNameAttribute>()?.Name ?? type.Name;

    private static bool IsBase(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() is var definition && (definition == typeof(FrostingTask<>) || definition == typeof(AsyncFrostingTask<>));

    private string NeighbourOf(Type neighbour) => neighbour.IsAssignableTo(typeof(IFrostingTask))
        ? NameOf(neighbour)
        : throw new FrostingException($"Task '{Name}' names '{neighbour.FullName}' as its neighbour, but that is not a task. Derive it from {nameof(FrostingTask)} or name another.");

    /// <summary>A task that derives from no base of ours has written all its methods itself.</summary>
    private bool Overrides(string method) => Base is null || type.GetMethods().Any(own =>
        own.Name == method && !IsBase(own.DeclaringType!) && own.GetBaseDefinition().DeclaringType is { } origin && IsBase(origin));
}
