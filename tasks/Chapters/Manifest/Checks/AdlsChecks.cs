namespace DssPipeline.Chapters;

/// <summary>Whether grants, rules and connections of an account speak of containers it has.</summary>
internal static class AdlsChecks
{
    private static readonly string[] PrivateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

    public static IReadOnlyList<Check> All { get; } =
    [
        new(["/adls"], manifest => Each(manifest, Containers)),
        new(["/adls"], manifest => Each(manifest, Lifecycle)),
        new(["/adls"], manifest => Each(manifest, Sources)),
        new(["/adls", "/network/access"], manifest => Each(manifest, (account, at) => ShutOut(manifest, account, at))),
        new(["/adls"], manifest => Each(manifest, NotEmpty)),
        new(["/adls"], ConnectionNames),
        new(["/adls"], manifest => Each(manifest, Details)),
    ];

    private static IEnumerable<Mismatch> Each(Manifest manifest, Func<AdlsSection, string, IEnumerable<Mismatch>> find) =>
        manifest.Adls.Index().SelectMany(pair => find(pair.Item, $"/adls/{pair.Index}"));

    private static IEnumerable<Mismatch> Containers(AdlsSection account, string at)
    {
        var grants = account.Grants.Select((grant, index) => ($"grants/{index}/container", $"grants[{index}].container", grant.Container));
        var own = account.Connections.Select((connection, index) => ($"connections/{index}/container", $"connections[{connection.Name}].container", connection.Container));
        var managed = account.Connections.Select((connection, index) => ($"connections/{index}/managedContainer", $"connections[{connection.Name}].managedContainer", connection.ManagedContainer));
        foreach (var (pointer, path, container) in grants.Concat(own).Concat(managed))
        {
            if (container is null || account.Containers.Contains(container, StringComparer.Ordinal)) continue;

            var guess = Nearest.To(container, account.Containers) is { } nearest ? $"Did you mean {nearest}?" : "Add it to containers, or name another.";
            yield return new($"{at}/{pointer}", Summaries.BrokenReference, $"adls[{account.Account}].{path} names \"{container}\", but the account has the containers {string.Join(", ", account.Containers)}. {guess}");
        }
    }

    private static IEnumerable<Mismatch> Lifecycle(AdlsSection account, string at)
    {
        foreach (var (index, rule) in account.Lifecycle.Index())
        {
            var (pointer, path) = ($"{at}/lifecycle/{index}", $"adls[{account.Account}].lifecycle[{rule.Name}]");
            int?[] steps = [rule.CoolAfterDays, rule.ColdAfterDays, rule.ArchiveAfterDays, rule.DeleteAfterDays];
            var stated = steps.OfType<int>().ToList();
            if (stated is []) yield return new(pointer, Summaries.Contradiction, $"{path} says when nothing happens. State one of coolAfterDays, coldAfterDays, archiveAfterDays and deleteAfterDays, or remove the rule.");
            if (!stated.SequenceEqual(stated.Order())) yield return new(pointer, Summaries.Contradiction, $"{path} goes backwards. Data cools, goes cold, is archived and is deleted in this order: let the days rise.");
        }
    }

    private static IEnumerable<Mismatch> Sources(AdlsSection account, string at) =>
        from source in account.Network.AllowedSources.Index()
        from range in PrivateRanges
        where AddressChecks.Range(range).Overlaps(AddressChecks.Range(source.Item))
        select new Mismatch($"{at}/network/allowedSources/{source.Index}", Summaries.Addresses, $"adls[{account.Account}].network.allowedSources has {source.Item}, a private range, and storage takes public addresses only. Use allowedSubnets for machines of the deployment.");

    /// <summary>Azure keeps the rules and heeds none of them while public access is off, those for subnets included.</summary>
    private static IEnumerable<Mismatch> ShutOut(Manifest manifest, AdlsSection account, string at)
    {
        var network = account.Network;
        if (network.PublicAccess ?? manifest.IsPublic) yield break;

        var because = network.PublicAccess is false ? "publicAccess is false" : "network.access is private";
        (string Key, bool Set)[] named = [("allowedSources", network.AllowedSources is not []), ("allowedSubnets", network.AllowedSubnets is not [])];
        foreach (var (key, _) in named.Where(pair => pair.Set))
        {
            yield return new($"{at}/network/{key}", Summaries.Contradiction, $"adls[{account.Account}].network.{key} lets some in, but {because}, so the account is reached through its private endpoints alone. Set adls[{account.Account}].network.publicAccess to true, under these rules, or remove {key}.");
        }
    }

    private static IEnumerable<Mismatch> NotEmpty(AdlsSection account, string at)
    {
        if (account.Containers is []) yield return new($"{at}/containers", Summaries.EmptyValue, $"adls[{account.Account}].containers is empty, so there is nowhere to put data. Name one container at least.");
    }

    private static IEnumerable<Mismatch> Details(AdlsSection account, string at)
    {
        foreach (var (index, connection) in account.Connections.Index())
        {
            var (pointer, path) = ($"{at}/connections/{index}", $"adls[{account.Account}].connections[{connection.Name}]");
            if (connection is { Details: ConnectionDetails.Groups, DetailsGroups: [] }) yield return new($"{pointer}/details", Summaries.Contradiction, $"{path}.details is groups, but {path}.detailsGroups names none. Name the groups that may read the details, or let details be nobody.");
            if (connection is { Details: ConnectionDetails.Nobody or ConnectionDetails.Everybody, DetailsGroups: not [] }) yield return new($"{pointer}/detailsGroups", Summaries.Contradiction, $"{path}.detailsGroups names groups, but {path}.details is {(connection.Details is ConnectionDetails.Nobody ? "nobody" : "everybody")}, so they would count for nothing. Let details be groups, or remove detailsGroups.");
        }
    }

    private static IEnumerable<Mismatch> ConnectionNames(Manifest manifest)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (account, section) in manifest.Adls.Index())
        {
            foreach (var (index, connection) in section.Connections.Index())
            {
                if (seen.TryAdd(connection.Name, section.Account) || seen[connection.Name] == section.Account) continue;
                yield return new($"/adls/{account}/connections/{index}/name", Summaries.DuplicateName, $"adls[{section.Account}].connections has the name \"{connection.Name}\", which a connection to {seen[connection.Name]} has already. Names of connections are unique in DSS: rename one.");
            }
        }
    }
}
