using System.Text;
using Cake.Core;
using Cake.Frosting;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Frosting.Tests;

/// <summary>A host with the given tasks whose words, report and steps can be read afterwards.</summary>
internal sealed class Kitchen
{
    private readonly PlainConsole console = new();
    private readonly StringBuilder pages = new();
    private readonly KeptReport report = new();
    private readonly Trail trail = new();

    public Kitchen(params Type[] tasks)
    {
        var plain = new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(new StringWriter(pages)) };

        Host = CakeHost.Create().AddAssembly(new TaskAssembly(tasks)).ConfigureServices(services => services
            .AddSingleton<IConsole>(console)
            .AddSingleton(AnsiConsole.Create(plain))
            .AddSingleton<ICakeReportPrinter>(report)
            .AddSingleton(trail));
    }

    public CakeHost Host { get; }

    public IReadOnlyList<string> Steps => trail.Steps;

    public IReadOnlyList<CakeReportEntry> Report => report.Entries;

    public string Output => $"{console.Output}{pages}";

    public string Errors => console.Errors;

    public int Run(params string[] arguments) => Host.Run(arguments);

    public CakeTaskExecutionStatus StatusOf(string task) => report.Entries.Single(entry => entry.TaskName == task).ExecutionStatus;
}
