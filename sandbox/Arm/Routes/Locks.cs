namespace DssPipeline.Sandbox;

/// <summary>What locks forbid, at a scope and below it.</summary>
internal static class Locks
{
    public const string Type = "Microsoft.Authorization/locks";

    public static void AllowWrite(ArmWorld world, ArmId id)
    {
        if (!IsLock(id)) Refuse(id, "write", world.Of(Type).Where(held => Level(held) == "ReadOnly" && id.IsWithin(held.Id.Parent!)));
    }

    /// <summary>A locked member keeps what it lives in from being deleted, too.</summary>
    public static void AllowDelete(ArmWorld world, ArmId id)
    {
        if (!IsLock(id)) Refuse(id, "delete", world.Of(Type).Where(held => id.IsWithin(held.Id.Parent!) || held.Id.Parent!.IsWithin(id)));
    }

    private static void Refuse(ArmId id, string verb, IEnumerable<ArmRecord> held)
    {
        var scopes = held.Select(record => record.Id.Parent!.Text).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (scopes.Count == 0) return;
        throw new ArmError(409, "ScopeLocked", $"The scope '{id.Text}' cannot perform {verb} operation because following scope(s) are locked: '{string.Join(",", scopes)}'. Please remove the lock and try again.") { FromGateway = true };
    }

    private static bool IsLock(ArmId id) => id.Type.Equals(Type, StringComparison.OrdinalIgnoreCase);

    private static string? Level(ArmRecord record) => Dotted.Text(record.Document, "properties.level");
}
