using DssPipeline.Chapters;
using DssPipeline.Convergence;
using Spectre.Console;

namespace DssPipeline.Build;

/// <summary>What a new repository shall be: as the options say, and the rest asked for where somebody sits in front of it.</summary>
internal static class Asking
{
    public const string Location = "westeurope";

    private static readonly Dictionary<string, StarterVendor> Vendors = new(StringComparer.OrdinalIgnoreCase) { ["github"] = StarterVendor.GitHub, ["azure-devops"] = StarterVendor.AzureDevOps };

    private static FormRule NameRule => Forms.Of(Form.DeploymentName)!;

    /// <summary>The words that --vendor takes.</summary>
    public static IEnumerable<string> Words => Vendors.Keys;

    /// <exception cref="ProblemException">Something is missing and nobody is there to be asked; or files are in the way, and nothing was written.</exception>
    public static StarterWish Answer(RunSettings settings, IAnsiConsole console)
    {
        var wish = IsAnswerable(console) ? Asked(settings, console) : Stated(settings);
        new Starter(wish).Check(Environment.CurrentDirectory);
        return wish;
    }

    private static bool IsAnswerable(IAnsiConsole console) => console.Profile.Capabilities.Interactive && !Console.IsInputRedirected && !Console.IsOutputRedirected;

    private static StarterWish Asked(RunSettings settings, IAnsiConsole console) => new(
        settings.Name ?? console.Prompt(new TextPrompt<string>("Name of the deployment").DefaultValue(FolderName ?? NameRule.Example).Validate(NameRule.Accepts, Markup.Escape($"It must be {NameRule.Words}."))),
        settings.Location ?? console.Prompt(new TextPrompt<string>("Region of Azure").DefaultValue(Location)),
        Vendors[settings.Vendor ?? console.Prompt(new SelectionPrompt<string>().Title("Where do its pipelines run?").AddChoices(Words))]);

    private static StarterWish Stated(RunSettings settings)
    {
        var missing = new[] { ("--name", settings.Name ?? FolderName), ("--vendor", settings.Vendor) }.Where(option => option.Item2 is null).Select(option => option.Item1).ToList();
        if (missing is not []) throw new ProblemException(new Problem("Starter needs more", $"Init needs {string.Join(" and ", missing)}, and nobody is there to be asked. Say for instance: --target Init --name demo --vendor github."));

        return new(settings.Name ?? FolderName!, settings.Location ?? Location, Vendors[settings.Vendor!]);
    }

    // A repository is mostly called after what it deploys.
    private static string? FolderName => Path.GetFileName(Environment.CurrentDirectory) is var name && NameRule.Accepts(name) ? name : null;
}
