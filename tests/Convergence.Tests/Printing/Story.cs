namespace DssPipeline.Convergence.Tests;

/// <summary>A plan and its report in which everything happens that people can read about.</summary>
internal static class Story
{
    public static readonly Problem Taken = new("Name taken by a deleted vault", "keyVault.name is \"kv-dss-prod\". A vault of that name was deleted on 2 May and is kept until 31 July, so that nobody can take its name. Choose another name, or recover the deleted vault with:")
    {
        Place = "production.yml:14:9",
        Command = "az keyvault recover --name kv-dss-prod",
        Link = "https://learn.microsoft.com/azure/key-vault/general/key-vault-recovery",
        Correlation = "5f0e3c1a-0000-4000-8000-123456789abc",
    };

    private static readonly Comparison Bends = new([], [], ["/password"], ["/location"]);

    public static Plan Plan() => new(
    [
        new("CreateNetwork", "The network of DSS and its clusters",
        [
            Planned("vnet-dss", new { location = "westeurope" }, new { location = "westeurope" }),
            Planned("snet-dss", new { prefix = "10.0.1.0/24" }, new { prefix = "10.0.0.0/24" }, notice: "Connections through it are cut for a second."),
            Planned("nsg-dss", new { rules = 3 }, null),
        ]),
        new("CreateIdentity", "Who may do what", [Planned("id-dss", new { x = 1 }, new { x = 1 })]),
        new("CreateRegistry", "The container registry", []),
        new("CreateAdls", "Storage accounts and who may use them",
        [
            Planned("stdss", new { location = "westeurope", password = "hunter2" }, new { location = "northeurope", password = "*" }, replace: true),
            Planned("stlogs", new { location = "westeurope" }, new { location = "northeurope" }),
            Planned("role-dss", new { principal = Reference.To(Thing.IdOf("id-dss"), "/properties/principalId"), password = "hunter2" }, null),
            Planned("stold", null, new { x = 1 }),
        ]),
    ]);

    /// <summary>Where everything went well, in the order of the plan.</summary>
    public static Report Good() => Of(Plan(), new(0, 0, 12), [Ending.Kept, Ending.Made, Ending.Made, Ending.Kept, Ending.Made, Ending.Kept, Ending.Made, Ending.Made]);

    public static Report Bad() => Of(Plan(), new(0, 12, 30), [Ending.Kept, Ending.Made, Ending.Failed, Ending.Kept, Ending.Cancelled, Ending.Refused, Ending.Skipped, Ending.Cancelled]);

    private static Report Of(Plan plan, TimeSpan took, IEnumerable<Ending> endings) =>
        new(plan, [.. plan.Changes.Zip(endings, Ended)], new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero), took);

    private static Outcome Ended(Change change, Ending ending) => new(change, ending, Took(change, ending), ending switch
    {
        Ending.Failed => Taken,
        Ending.Refused => change.Problem,
        Ending.Skipped => new("Stands on something that failed", "test/thing/nsg-dss failed."),
        Ending.Cancelled when change.Verb is Verb.Replace => new("Ended in the middle of a change", $"{change.Id} was being changed when the run was ended. Its remote may go on by itself; the next run looks at it and goes on from there."),
        _ => null,
    });

    private static TimeSpan Took(Change change, Ending ending) =>
        ending is Ending.Made or Ending.Failed ? TimeSpan.FromMilliseconds(40 * Math.Pow(change.Id.Name.Length, 3)) : TimeSpan.Zero;

    private static Change Planned(string name, object? wish, object? seen, bool replace = false, string? notice = null)
    {
        var permissions = new Permissions(new HashSet<ResourceId>(replace ? [Thing.IdOf(name)] : []), new HashSet<ResourceId> { Thing.IdOf("stold") });
        var thing = new Thing(new World(), name, wish) { Bends = Bends, Notice = notice };
        return Change.Between(thing, thing.Desired, seen is null ? null : Json.Of(seen), permissions);
    }
}
