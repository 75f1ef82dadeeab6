using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Keeps long operations: begins them, lets them run, and makes real what they were for.</summary>
internal sealed class OperationsDesk
{
    private readonly ArmWorld world;
    private readonly Dictionary<string, string> running = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> seen = new(StringComparer.Ordinal);
    private readonly HashSet<string> counted = new(StringComparer.Ordinal);

    public OperationsDesk(ArmWorld world)
    {
        this.world = world;
        foreach (var operation in world.Store.Operations.Where(operation => operation.IsRunning)) running[Key(operation)] = operation.Token;
    }

    /// <summary>However often a request looks at an operation, it counts once.</summary>
    public void BeginRequest() => counted.Clear();

    public ArmOperation Begin(ArmOperation operation)
    {
        if (running.TryGetValue(Key(operation), out var older)) Preempt(world.Store.Operation(older)!);
        operation = operation with { Failure = world.Options.Failing?.Invoke(operation.Verb, operation.Target) };
        running[Key(operation)] = operation.Token;
        world.Store.Save(operation);
        return operation;
    }

    public ArmOperation? RunningOn(ArmId id) => running.TryGetValue(id.Key, out var token) ? world.Store.Operation(token) : null;

    /// <summary>The operations that run on a resource or anything that is part of it.</summary>
    public IEnumerable<ArmOperation> RunningWithin(ArmId root) =>
        running.Where(pair => pair.Key == root.Key || pair.Key.StartsWith(root.Key + "/", StringComparison.Ordinal)).Select(pair => world.Store.Operation(pair.Value)!).ToList();

    public void Look(ArmRecord record)
    {
        if (RunningOn(record.Id) is { } operation) Poll(operation);
    }

    /// <summary>Somebody asks: the operation ends when its time has come.</summary>
    public ArmOperation Poll(ArmOperation operation)
    {
        if (!operation.IsRunning || !counted.Add(operation.Token)) return operation;

        var looks = seen[operation.Token] = seen.GetValueOrDefault(operation.Token) + 1;
        var scale = world.Options.DurationScale;
        var due = scale > 0 ? world.Now >= operation.Started.AddSeconds(operation.Takes * scale) : looks > world.Options.PollsUntilDone;
        return due && !Holds(operation) ? End(operation) : operation;
    }

    private bool Holds(ArmOperation operation) =>
        operation.Failure is null && world.Record(operation.Target) is { } record && TypeRules.Of(record.Id.Type).Holds(world, record, operation.Verb);

    private void Preempt(ArmOperation older) => world.Store.Save(older with
    {
        Status = "Canceled",
        Ended = world.Now,
        Failure = new("OperationPreempted", "Operation execution has been preempted by a more recent operation."),
    });

    private ArmOperation End(ArmOperation operation)
    {
        running.Remove(Key(operation));
        seen.Remove(operation.Token);
        var record = world.Record(operation.Target);
        var ended = operation with { Status = operation.Failure is null ? "Succeeded" : "Failed", Ended = world.Now };
        if (record is not null) ended = ended with { Result = operation.Failure is null ? Finish(ended, record) : Fail(record) };
        world.Store.Save(ended);
        return ended;
    }

    private JsonNode? Finish(ArmOperation operation, ArmRecord record)
    {
        var rules = TypeRules.Of(record.Id.Type);
        switch (operation.Verb)
        {
            case "delete":
                world.Remove(record);
                return null;
            case "put":
                record.IsInvisible = false;
                if (record.State is not null) record.State = "Succeeded";
                rules.Done(world, record);
                break;
            default:
                if (record.State is not null) record.State = "Succeeded";
                rules.Acted(world, record, operation.Verb);
                world.Save(record);
                return rules.Outcome(world, record, operation.Verb) ?? operation.Result;
        }

        world.Save(record);
        return operation.Result;
    }

    private JsonNode? Fail(ArmRecord record)
    {
        record.IsInvisible = false;
        if (record.State is not null) record.State = "Failed";
        world.Save(record);
        return null;
    }

    private static string Key(ArmOperation operation) => operation.Target.ToLowerInvariant();
}
