namespace DssPipeline.Convergence;

/// <summary>Passes on what happens, one thing at a time, so that a printer that fails cannot harm the run.</summary>
internal sealed class Audience(IProgress<Happening> listener) : IProgress<Happening>
{
    private readonly Lock turn = new();
    private Exception? failure;

    /// <summary>Why something was not heard; null when everything was.</summary>
    public Problem? Unheard => failure is { } thrown
        ? new Problem("Progress was not shown in full", $"What shows the progress of this run failed ({thrown.GetType().Name}: {thrown.Message}). The run itself went on.")
        : null;

    public void Report(Happening value)
    {
        lock (turn)
        {
            try
            {
                listener.Report(value);
            }
            catch (Exception thrown)
            {
                failure ??= thrown;
            }
        }
    }
}
