using System.Diagnostics;
using DssPipeline.Chapters;
using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Build;

/// <summary>Rehearses one member of a fleet, in a world of its own. What it tells is shown in one piece: folded where the CI system can, and in full where something went wrong.</summary>
internal sealed class FleetMember(RunSettings fleet, Telling telling, CancellationToken cancel)
{
    private string ring = "";

    public async Task<MemberRun> RunAsync(Ring of, Member member)
    {
        var (text, began) = (new StringWriter(), Stopwatch.GetTimestamp());
        var (code, reason, answer) = await EndAsync(fleet.For(of, member), text);
        var run = new MemberRun(code, reason, answer, Stopwatch.GetElapsedTime(began));
        if (ring != of.Name) telling.Audience.Say($"\n{ring = of.Name}");
        Tell(member, run, text.ToString());
        return run;
    }

    private async Task<(ExitCode, FailureReason, string)> EndAsync(RunSettings settings, TextWriter text)
    {
        Telling? own = null;
        try
        {
            Writable.Check(settings);
            await using var opened = await Opening.OpenAsync(settings, redactor => own = telling.Within(settings, redactor, text), cancel);
            var (code, reason) = RunCommand.Run(opened, ["--target", "Deploy"]);
            return (code, reason, opened.Telling.Ci.Answer);
        }
        catch (ProblemException failure)
        {
            own ??= telling.Within(settings, new Redactor(), text);
            own.Audience.Tell(failure.Problems);
            return (ExitCode.Unusable, FailureReason.Usage, own.Ci.Answer);
        }
    }

    private void Tell(Member member, MemberRun run, string text)
    {
        telling.Audience.Say(FleetText.Of(member, run));
        if (telling.Ci.Open(member.Manifest) || run.Exit is not ExitCode.AsWished) telling.Audience.Say(text.TrimEnd());
        telling.Ci.Close();
    }
}
