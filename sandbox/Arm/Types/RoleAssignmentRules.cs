namespace DssPipeline.Sandbox;

/// <summary>Role assignments: one name for one triple of principal, role and scope, for ever.</summary>
internal sealed class RoleAssignmentRules : TypeRules
{
    private const string Type = "Microsoft.Authorization/roleAssignments";

    public override ArmError Immutable(Write write, string path) =>
        new(400, "RoleAssignmentUpdateNotPermitted", "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.");

    public override void Check(Write write)
    {
        var principal = write.Text("properties.principalId")!;
        if (!Guid.TryParse(principal, out _)) throw Write.Refuse(400, "InvalidPrincipalId", $"The principal ID '{principal}' is not valid. Principal ID must be a GUID.");

        var role = Role(write.Text("properties.roleDefinitionId"));
        if (BuiltInRoles.Find(role) is null && !write.World.Of("Microsoft.Authorization/roleDefinitions").Any(record => Is(record.Id.Name, role))) throw Write.Refuse(400, "RoleDefinitionDoesNotExist", $"The specified role definition with ID '{role}' does not exist.");

        var twin = write.World.Of(Type).FirstOrDefault(record => record.Id.Key != write.Id.Key && record.Id.Parent?.Key == write.Id.Parent?.Key
            && Is(Dotted.Text(record.Document, "properties.principalId"), principal) && Is(Role(Dotted.Text(record.Document, "properties.roleDefinitionId")), role));
        if (twin is not null) throw Write.Refuse(409, "RoleAssignmentExists", $"The role assignment already exists. The ID of the conflicting role assignment is {twin.Id.Name.Replace("-", "", StringComparison.Ordinal)}.");
        CheckPrincipal(write, principal);
    }

    public override void Fill(Write write)
    {
        var identity = Identities.OfPrincipal(write.World, Dotted.Text(write.Document, "properties.principalId")!);
        write.Document["properties"]!["principalType"] ??= identity is null ? "User" : "ServicePrincipal";
        Dotted.Write(write.Document, "properties.roleDefinitionId", $"/subscriptions/{write.Id.Subscription ?? write.World.Options.SubscriptionId}/providers/Microsoft.Authorization/roleDefinitions/{Role(Dotted.Text(write.Document, "properties.roleDefinitionId"))}");
    }

    /// <summary>The directory learns of a new identity later than Resource Manager does; a caller who states the type is not made to wait.</summary>
    private static void CheckPrincipal(Write write, string principal)
    {
        var (identity, stated) = (Identities.OfPrincipal(write.World, principal), write.Text("properties.principalType"));
        if (stated is null && Guid.Parse(principal) == Guid.Empty) throw Write.Refuse(400, "PrincipalNotFound", $"Principal {principal.Replace("-", "", StringComparison.Ordinal)} does not exist in the directory {write.World.Options.TenantId}.");
        if (identity is not null && stated is not null and not "ServicePrincipal") throw Write.Refuse(400, "UnmatchedPrincipalType", $"The PrincipalId '{principal.Replace("-", "", StringComparison.Ordinal)}' has type 'ServicePrincipal', which is different from specified PrincipalType '{stated}'.");
        if (identity is null || stated is not null || write.World.Options.PrincipalDelay == TimeSpan.Zero) return;

        var born = DateTimeOffset.Parse(Dotted.Text(identity.Document, "systemData.createdAt")!);
        if (write.World.Now - born < write.World.Options.PrincipalDelay) throw Write.Refuse(400, "PrincipalNotFound", $"Principal {principal.Replace("-", "", StringComparison.Ordinal)} does not exist in the directory {write.World.Options.TenantId}. Check that you have the correct principal ID. If you are creating this principal and then immediately assigning a role, this error might be related to a replication delay. In this case, set the role assignment principalType property to a value, such as ServicePrincipal, User, or Group. See https://aka.ms/docs-principaltype");
    }

    private static string Role(string? definition) => (definition ?? "").TrimEnd('/').Split('/')[^1];

    private static bool Is(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
