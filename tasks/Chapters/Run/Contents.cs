using System.Reflection;
using Cake.Frosting;
using DssPipeline.Convergence;
using DssPipeline.Planes;
using Microsoft.Extensions.DependencyInjection;

namespace DssPipeline.Chapters;

/// <summary>The chapters in the order in which they are told, which is the order that <c>[IsDependentOn]</c> asks for.</summary>
public sealed class Contents(IEnumerable<IFrostingTask> tasks)
{
    private readonly Dictionary<Type, ConvergingTask> chapters = tasks.OfType<ConvergingTask>().ToDictionary(task => task.GetType());

    /// <summary>Every chapter.</summary>
    public IReadOnlyList<ConvergingTask> All => [.. Chain(typeof(DeployTask)).Where(chapters.ContainsKey).Select(type => chapters[type])];

    /// <summary>The chapters outside of Cake's host, for programs that only want their resources.</summary>
    public static Contents With(Arm arm, TimeProvider clock, Machine? machine = null, Vault? vault = null, Dss? dss = null, ImageRegistry? images = null, Clusters? clusters = null)
    {
        using var provider = new ServiceCollection()
            .AddSingleton(arm)
            .AddSingleton(clock)
            .AddSingleton(machine ?? NoMachine)
            .AddSingleton(vault ?? NoVault)
            .AddSingleton(dss ?? NoDss)
            .AddSingleton(images ?? NoImages)
            .AddSingleton(clusters ?? Clusters.Closed("only the Azure side is looked at"))
            .BuildServiceProvider();
        return new([.. Chain(typeof(DeployTask)).Where(type => type.IsAssignableTo(typeof(ConvergingTask))).Select(type => (IFrostingTask)ActivatorUtilities.CreateInstance(provider, type))]);
    }

    /// <summary>Name of every task of this program, chapters in the order they are told, then the others.</summary>
    public static IReadOnlyList<string> Targets => [.. Chain(typeof(DeployTask)).Concat(Others).Select(NameOf)];

    /// <summary>Names of the chapters, in the order they are told.</summary>
    public static IReadOnlyList<string> Told => [.. Chain(typeof(DeployTask)).Where(type => type.IsAssignableTo(typeof(ConvergingTask))).Select(NameOf)];

    /// <summary>What the target is there for.</summary>
    public static IReadOnlyList<(string Name, string Description)> Described =>
        [.. Chain(typeof(DeployTask)).Concat(Others).Select(type => (NameOf(type), DescriptionOf(type)))];

    /// <summary>The problem with a target of that name, the nearest right ones told first; null when there is such a target.</summary>
    public static Problem? ProblemWith(string target)
    {
        if (Targets.Contains(target, StringComparer.OrdinalIgnoreCase)) return null;

        var hint = Nearest.To(target, Targets) is { } near ? $" Did you mean {near}?" : "";
        return new("Unknown target", $"There is no target \"{target}\".{hint} The targets are {string.Join(", ", Targets)}.");
    }

    /// <summary>The target as it is spelled here; people may write it in any case. What is no target stays as it is.</summary>
    public static string Spelled(string target) => Targets.FirstOrDefault(name => string.Equals(name, target, StringComparison.OrdinalIgnoreCase)) ?? target;

    public static string NameOf(Type task) => task.GetCustomAttribute<TaskNameAttribute>()?.Name ?? task.Name;

    public static string DescriptionOf(Type task) => task.GetCustomAttribute<TaskDescriptionAttribute>()?.Description ?? "";

    /// <summary>The part of a run that one chapter wishes for.</summary>
    public static Part PartOf(ConvergingTask task, Manifest manifest) =>
        new(NameOf(task.GetType()), DescriptionOf(task.GetType()), [.. task.Declare(manifest)], [.. task.Search(manifest)]);

    private static Machine NoMachine => Machine.Nowhere(new("machine", "host", "none"), "only the Azure side is looked at");

    private static Dss NoDss => Dss.Nowhere(new("dss", "instance", "none"), "only the Azure side is looked at");

    private static ImageRegistry NoImages => new(AzureEndpoints.Public, Azure.Core.DelegatedTokenCredential.Create((_, _) => throw new InvalidOperationException("There is no registry here.")), new());

    private static Vault NoVault => new(AzureEndpoints.Public, Azure.Core.DelegatedTokenCredential.Create((_, _) => throw new InvalidOperationException("There is no vault here.")), new());

    private static IEnumerable<Type> Others => typeof(Contents).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(IFrostingTask)))
        .Except(Chain(typeof(DeployTask)))
        .OrderBy(NameOf, StringComparer.Ordinal);

    private static IEnumerable<Type> Chain(Type task) =>
        task.GetCustomAttributes<IsDependentOnAttribute>().SelectMany(below => Chain(below.Task)).Append(task).Distinct();
}
