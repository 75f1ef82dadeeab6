using System.Text;

namespace DssPipeline.Planes;

/// <summary>Listens to what the machine says meanwhile: progress of a job for whoever watches, everything else as last words.</summary>
internal sealed class Hearing(IReadOnlyList<Job> jobs, MachineOptions options, TimeProvider clock) : IProgress<string>
{
    private const int Longest = 4000;

    private readonly Lock gate = new();
    private readonly StringBuilder words = new();
    private readonly ProgressOfJob[] told = [.. jobs.Select(job => new ProgressOfJob(job, options, clock))];

    /// <summary>What was said last that is no progress of a job.</summary>
    public string LastWords
    {
        get
        {
            lock (gate) return words.ToString().Trim();
        }
    }

    public void Report(string value)
    {
        if (value.Split(' ', 3) is ["progress", var number, var text] && int.TryParse(number, out var job) && job >= 0 && job <= told.Length)
        {
            if (job > 0) told[job - 1].Hear(text);
            else Keep(text);
        }
        else
        {
            Keep(value);
        }
    }

    private void Keep(string line)
    {
        lock (gate)
        {
            words.Append(line).Append('\n');
            if (words.Length > Longest) words.Remove(0, words.Length - Longest);
        }
    }
}
