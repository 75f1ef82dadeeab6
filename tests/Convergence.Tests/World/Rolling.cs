using System.Collections.Concurrent;
using DssPipeline.Convergence;

namespace DssPipeline.Convergence.Tests;

/// <summary>A run over some things: plan, make, report, and everything that was heard meanwhile.</summary>
public sealed class Rolling : IProgress<Happening>
{
    private readonly ConcurrentQueue<Happening> heard = [];

    public Rolling(params Resource[] things)
        : this(new Graph([new Part("Test", "what the test wishes for", things, [])]))
    {
    }

    public Rolling(Graph graph) => Graph = graph;

    public Graph Graph { get; }

    public RolloutOptions Options { get; init; } = new();

    public LeapingClock Clock { get; } = new();

    public CancellationTokenSource Cut { get; } = new();

    public IReadOnlyList<Happening> Heard => [.. heard];

    public Action<Happening> Listen { get; set; } = _ => { };

    public void Report(Happening value)
    {
        heard.Enqueue(value);
        Listen(value);
    }

    public Task<Plan> PlanAsync() => new Rollout(Graph, Options, Clock, this).PlanAsync(Cut.Token);

    /// <summary>Plans, makes and waits for the end.</summary>
    public async Task<Report> RunAsync()
    {
        var rollout = new Rollout(Graph, Options, Clock, this);
        rollout.Start(await rollout.PlanAsync(Cut.Token), Cut.Token);
        return await rollout.FinishAsync();
    }
}
