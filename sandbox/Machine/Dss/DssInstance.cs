namespace DssPipeline.Sandbox;

/// <summary>One running DSS: what it keeps, how it behaves, and what it reaches outside.</summary>
internal sealed class DssInstance
{
    public const string HabitsOfMachine = "/run/dss-sandbox/dss-habits";

    public DssInstance(DssDataDirectory data, DssOutside outside, CancellationToken ending)
    {
        (Data, Outside, Ending) = (data, outside, ending);
        Secrets = new DssSecrets(data, () => Habits);
        Keys = new DssKeys(data);
        Users = new DssUsers(data);
        License = new DssLicense(data);
        Settings = new GeneralSettings(this);
        Futures = new DssFutures(this);
        Plugins = new DssPlugins(this);
        PluginSettings = new DssPluginSettings(this);
        CodeEnvs = new DssCodeEnvs(this);
        Kubectl = new DssKubectl(this);
        Clusters = new DssClusters(this);
        Connections = new DssConnections(this);
        Projects = new DssProjects(this);
        ManagedFolders = new DssManagedFolders(this);
        Recipes = new DssRecipes(this);
    }

    public DssDataDirectory Data { get; }

    public DssOutside Outside { get; }

    /// <summary>It goes down: what is under way is left as it is.</summary>
    public CancellationToken Ending { get; }

    /// <summary>What it does that nobody wishes: read anew each time, so that it can be turned while it runs.</summary>
    public DssHabits Habits
    {
        get
        {
            var file = new[] { Data.PathOf(DssDataDirectory.HabitsFile), HabitsOfMachine }.FirstOrDefault(File.Exists);
            return file is null ? new DssHabits() : DssHabits.Parse(File.ReadAllText(file), _ => { });
        }
    }

    public DssSecrets Secrets { get; }

    public DssKeys Keys { get; }

    public DssUsers Users { get; }

    public DssLicense License { get; }

    public GeneralSettings Settings { get; }

    public DssFutures Futures { get; }

    public DssPlugins Plugins { get; }

    public DssPluginSettings PluginSettings { get; }

    public DssCodeEnvs CodeEnvs { get; }

    public DssKubectl Kubectl { get; }

    public DssClusters Clusters { get; }

    public DssConnections Connections { get; }

    public DssProjects Projects { get; }

    public DssManagedFolders ManagedFolders { get; }

    public DssRecipes Recipes { get; }

    /// <summary>All calls of the public API that it knows.</summary>
    public IEnumerable<DssRoute> Routes =>
    [
        .. new DssInstanceRoutes(this).Routes,
        .. new DssKeyRoutes(this).Routes,
        .. new DssCareRoutes(this).Routes,
        .. Settings.Routes,
        .. Futures.Routes,
        .. new DssUserRoutes(this).Routes,
        .. new DssGroups(this).Routes,
        .. Connections.Routes,
        .. Plugins.Routes,
        .. PluginSettings.Routes,
        .. CodeEnvs.Routes,
        .. Clusters.Routes,
        .. Projects.Routes,
        .. ManagedFolders.Routes,
        .. Recipes.Routes,
        .. new DssJobs(this).Routes,
        .. new DssRunnables(this).Routes,
        .. new DssContainers(this).Routes,
    ];
}
