using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The CI system that a run is told in: what is told there beside the log, and how much of it.</summary>
/// <param name="log">Where commands are printed, which the disarmed log does not reach.</param>
public sealed class CiSystem(Vendor vendor, TextWriter log, Redactor redactor)
{
    // GitHub shows ten of a kind for a step, and a reader fewer.
    private const int Shown = 10;

    private readonly Lock gate = new();
    private readonly HashSet<Annotation> annotated = [];
    private readonly StepSummary summary = new();
    private Plan? plan;
    private bool grouped;
    private int percent = -1;

    /// <summary>No CI system: a terminal.</summary>
    public static CiSystem None { get; } = new(new PlainVendor(), TextWriter.Null, new Redactor());

    /// <summary>Hides every secret that becomes known, in every spelling, before anything is printed that could hold it.</summary>
    public void MaskAll() => redactor.Listen(spelling =>
    {
        if (!spelling.Contains('\n', StringComparison.Ordinal)) Command(vendor.Mask(spelling));
    });

    /// <summary>Begins a group.</summary>
    /// <returns>Whether there are groups here.</returns>
    public bool Open(string title)
    {
        Close();
        grouped = vendor.Open(title) is not null;
        Command(vendor.Open(title));
        return grouped;
    }

    public void Close()
    {
        if (grouped) Command(vendor.Close());
        grouped = false;
    }

    public void Progress(int done, int all)
    {
        var now = all == 0 ? 100 : done * 100 / all;
        if (now == percent) return;

        percent = now;
        Command(vendor.Progress(now, $"{done} of {all} resources"));
    }

    /// <summary>Shows problems beside the manifest as errors: each once, and the first few.</summary>
    /// <param name="manifest">Knows where things are wished for that the problem itself does not place.</param>
    public void Annotate(IEnumerable<Problem> problems, Manifest? manifest) => Annotate(Placed(problems, manifest));

    /// <summary>The same as warnings, for what does not end the run.</summary>
    public void Warn(IEnumerable<Problem> problems, Manifest? manifest) => Annotate(Placed(problems, manifest).Select(annotation => annotation with { IsError = false }));

    public void Planned(string deployment, Plan found)
    {
        (plan, Answer) = (found, PlanText.Sum(found));
        summary.Planned(deployment, found);
    }

    /// <summary>The sentence that answers how the run ended; empty when nothing was told.</summary>
    public string Answer { get; private set; } = "";

    /// <param name="isSteady">Whether a last look found nothing that differs again.</param>
    public void Reported(string deployment, Report report, bool isSteady)
    {
        Answer = isSteady ? ReportSum.Of(deployment, report) : "Not as wished: what was made differs again.";
        summary.Add(ReportMarkdown.Of(deployment, report));
    }

    public void Proven(string deployment, IReadOnlyList<ProofResult> proofs) => summary.Add(ProofsMarkdown.Of(deployment, proofs));

    public void Failed(IReadOnlyList<Problem> problems)
    {
        Answer = string.Join(", ", problems.Select(problem => problem.Summary).Distinct(StringComparer.Ordinal));
        summary.Add(ProblemsMarkdown.Of(problems));
    }

    /// <summary>A text of its own for the page of the run.</summary>
    public void Summarise(string markdown) => summary.Add(markdown);

    /// <summary>Hands over one output more than every run has.</summary>
    public void Output(string name, string value)
    {
        lock (gate) vendor.Output(log, name, redactor.Clean(value));
    }

    /// <summary>Hands over the jobs of a fleet: all of it, and the matrix of each ring in the form of this vendor.</summary>
    public void HandOut(Fleet fleet)
    {
        Output("fleet", FleetJson.Of(fleet).ToJsonString());
        foreach (var (ring, number) in fleet.Rings.Select((ring, number) => (ring, number + 1))) Output($"ring-{number}", vendor.Matrix(ring).ToJsonString());
    }

    /// <summary>Hands over the outputs and the summary; the last thing of a run.</summary>
    public void Conclude(FailureReason reason, RunOptions options)
    {
        Close();
        foreach (var (name, value) in Outputs.Of(plan, reason, options)) Output(name, value);
        if (redactor.Clean(summary.Text()) is { Length: > 0 } text) vendor.Summary(log, text);
        log.Flush();
    }

    private void Annotate(IEnumerable<Annotation> annotations)
    {
        foreach (var annotation in annotations.Select(Clean))
        {
            if (annotated.Count < Shown && annotated.Add(annotation)) Command(vendor.Annotate(annotation));
        }
    }

    private static IEnumerable<Annotation> Placed(IEnumerable<Problem> problems, Manifest? manifest)
    {
        var pointing = manifest is null ? null : new Pointing(manifest);
        return problems.Select(problem => Annotation.Of(problem, pointing?.Of(problem)));
    }

    private Annotation Clean(Annotation annotation) => annotation with { Text = redactor.Clean(annotation.Text) };

    private void Command(string? line)
    {
        if (line is null) return;
        lock (gate) log.WriteLine(line);
    }
}
