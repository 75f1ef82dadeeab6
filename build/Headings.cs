using Cake.Core;
using Cake.Core.Diagnostics;
using DssPipeline.Chapters;
using DssPipeline.Convergence;

namespace DssPipeline.Build;

/// <summary>Prints the name of each task before what it tells. Cake's own banners and its table at the end are left out: the run has a report of its own.</summary>
internal sealed class Headings(Audience audience, Style style) : ICakeReportPrinter
{
    public void WriteStep(string name, Verbosity verbosity)
    {
        // Deploy and Default only gather the others and have nothing of their own to tell.
        if (verbosity > Verbosity.Quiet && name is not ("Deploy" or "Default")) audience.Head(name);
    }

    public void WriteLifeCycleStep(string name, Verbosity verbosity)
    {
        if (verbosity > Verbosity.Normal) audience.Say($"\n{style.Faint(name)}");
    }

    public void WriteSkippedStep(string name, Verbosity verbosity) => WriteStep($"{name} (skipped)", verbosity);

    public void Write(CakeReport report)
    {
        // The run tells how it ended.
    }
}
