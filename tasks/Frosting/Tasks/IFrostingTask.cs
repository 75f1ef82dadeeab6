using Cake.Core;

namespace Cake.Frosting;

/// <summary>One named piece of a run.</summary>
public interface IFrostingTask
{
    /// <summary>Why the task is skipped, when it is.</summary>
    string SkippedMessage { get; }

    Task RunAsync(ICakeContext context);

    bool ShouldRun(ICakeContext context);

    void OnError(Exception exception, ICakeContext context);

    void Finally(ICakeContext context);
}
