namespace DssPipeline.Sandbox;

/// <summary>Custom roles: a name of their own, and nobody's who still holds them when they go.</summary>
internal sealed class RoleDefinitionRules : TypeRules
{
    public override void Check(Write write)
    {
        if (BuiltInRoles.Find(write.Id.Name) is not null) throw Write.Refuse(403, "AuthorizationFailed", $"The role '{write.Id.Name}' is built in and cannot be changed.");
        var name = write.Text("properties.roleName") ?? throw Write.Refuse(400, "InvalidRoleDefinition", "A role definition needs properties.roleName.", "properties.roleName");
        var twin = write.World.Of(write.Contract.Type).FirstOrDefault(record => record.Id.Key != write.Id.Key && name.Equals(Dotted.Text(record.Document, "properties.roleName"), StringComparison.OrdinalIgnoreCase));
        if (twin is not null || BuiltInRoles.All.Any(role => role.Name == name)) throw Write.Refuse(409, "RoleDefinitionWithSameNameExists", $"A custom role with the same name already exists in this directory. Use a different name: '{name}'.");
    }

    public override void CheckDelete(ArmWorld world, ArmRecord record)
    {
        if (world.Of("Microsoft.Authorization/roleAssignments").FirstOrDefault(assignment => Dotted.Text(assignment.Document, "properties.roleDefinitionId")!.EndsWith(record.Id.Name, StringComparison.OrdinalIgnoreCase)) is not { } holder) return;
        throw new ArmError(400, "RoleDefinitionHasAssignments", $"There are existing role assignments referencing role (code: RoleDefinitionHasAssignments): {holder.Id.Text}.");
    }
}
