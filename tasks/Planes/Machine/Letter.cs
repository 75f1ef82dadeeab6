using System.Text;

namespace DssPipeline.Planes;

/// <summary>The letter that follows the script on standard input: jobs and their values, every word plain ASCII.</summary>
internal static class Letter
{
    /// <summary>Jobs are numbered from one, in the order given.</summary>
    public static string Of(IReadOnlyList<Job> jobs, string sealKey)
    {
        var letter = new StringBuilder("letter 1\n").Append("seal ").Append(JobValues.Encode(sealKey)).Append('\n');
        for (var index = 0; index < jobs.Count; index++)
        {
            var job = jobs[index];
            letter.Append($"job {index + 1} {Verb(job.Work)} {job.Id.Kind}").Append(job.Work is Work.Look ? "" : $" {job.Lock}").Append('\n');
            foreach (var (name, value) in job.Values) letter.Append("value ").Append(name).Append(' ').Append(JobValues.Encode(value)).Append('\n');
        }

        return letter.Append("end\n").ToString();
    }

    private static string Verb(Work work) => work switch
    {
        Work.Look => "look",
        Work.Make => "make",
        _ => "drop",
    };
}
