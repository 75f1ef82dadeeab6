using Cake.Core;
using Cake.Core.Diagnostics;

namespace Frosting.Tests;

/// <summary>Keeps the table of a run instead of printing it.</summary>
internal sealed class KeptReport : ICakeReportPrinter
{
    private readonly List<CakeReportEntry> entries = [];

    public IReadOnlyList<CakeReportEntry> Entries => entries;

    public void Write(CakeReport report) => entries.AddRange(report);

    public void WriteLifeCycleStep(string name, Verbosity verbosity)
    {
    }

    public void WriteStep(string name, Verbosity verbosity)
    {
    }

    public void WriteSkippedStep(string name, Verbosity verbosity)
    {
    }
}
