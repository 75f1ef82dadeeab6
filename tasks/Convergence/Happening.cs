namespace DssPipeline.Convergence;

/// <summary>Something that happened during a rollout, for whoever prints it.</summary>
public abstract record Happening;

/// <summary>All resources of a run are about to be looked at.</summary>
public sealed record LookStarted(int Resources) : Happening;

/// <summary>Everything was looked at.</summary>
public sealed record LookEnded(Plan Plan, TimeSpan Took) : Happening;

/// <summary>A change is being made.</summary>
public sealed record ChangeStarted(Change Change) : Happening;

/// <summary>A change takes time.</summary>
/// <param name="Id">What is waited for.</param>
/// <param name="For">Until what it is waited.</param>
/// <param name="Since">How long already.</param>
public sealed record Waiting(ResourceId Id, string For, TimeSpan Since) : Happening;

/// <summary>A resource has come to its end in this run.</summary>
public sealed record ChangeEnded(Outcome Outcome) : Happening;
