using System.Text.Json;
using System.Text.Json.Nodes;

namespace DssPipeline.Planes;

/// <summary>Reads the agent's standard output. Lines without an end were cut and count for nothing.</summary>
internal sealed class Answers
{
    private readonly Dictionary<int, string[]> lines = [];

    private Answers(string output)
    {
        foreach (var line in output[..(output.LastIndexOf('\n') + 1)].Split('\n'))
        {
            var words = line.TrimEnd('\r').Split(' ', 3);
            if (words is ["fact" or "absent" or "failed", var number, ..] && int.TryParse(number, out var job)) lines[job] = words;
        }
    }

    public static Answers In(string output) => new(output);

    /// <summary>Tells one job its answer.</summary>
    /// <param name="number">Its place in the letter.</param>
    /// <returns>Whether there was one.</returns>
    public bool Give(int number, Job job, Seal seal, MachineProblems problems)
    {
        try
        {
            return Read(number, job, seal, problems);
        }
        catch (Exception failure) when (failure is JsonException or FormatException or System.Security.Cryptography.CryptographicException)
        {
            job.Fail(problems.Garbled(job.Id, failure));
            return true;
        }
    }

    private bool Read(int number, Job job, Seal seal, MachineProblems problems)
    {
        if (!lines.TryGetValue(number, out var words)) return false;

        if (words is ["fact", _, var fact]) job.Succeed(seal.Open((JsonObject)JsonNode.Parse(fact)!));
        else if (words is ["absent", ..]) job.Succeed(JobAnswer.Absent);
        else if (words is ["failed", _, var rest] && rest.Split(' ', 2) is [var code, var text]) job.Fail(problems.OfJob(job, int.Parse(code), JsonSerializer.Deserialize<string>(text)!));
        else return false;
        return true;
    }
}
