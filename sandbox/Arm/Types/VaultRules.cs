using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Key vaults: deleted softly, so that a name stays taken until somebody recovers or purges it.</summary>
internal sealed class VaultRules : TypeRules
{
    public override void Check(Write write)
    {
        var deleted = DeletedVaults.Find(write.World, write.Id.Name);
        var recovers = write.Text("properties.createMode") == "recover";
        if (write.IsNew && recovers && deleted is null) throw Write.Refuse(404, "SoftDeletedVaultDoesNotExist", "A soft deleted vault with the given name does not exist. If the name for the vault is incorrect, please correct it and try again.");
        if (write.IsNew && !recovers && deleted is not null) throw Write.Refuse(409, "ConflictError", "A vault with the same name already exists in deleted state. You need to either recover or purge existing key vault. Follow this link https://go.microsoft.com/fwlink/?linkid=2149745 for more information on soft delete.");
        if (write.IsNew && GlobalNames.IsTaken(write.World, write.Contract.Type, write.Id.Name, write.Id)) throw Write.Refuse(409, "VaultAlreadyExists", $"The vault name '{write.Id.Name}' is already in use. Vault names are globally unique so it is possible that the name is already taken. If you are sure that the vault name was not taken then it is possible that a vault with the same name was recently deleted but not purged after being placed in a recoverable state.");
        foreach (var (path, word) in new[] { ("properties.enablePurgeProtection", "purge protection"), ("properties.enableSoftDelete", "soft delete") })
        {
            if (Dotted.Read(write.Wish, path) is { } value && !value.GetValue<bool>()) throw Write.Refuse(400, "BadRequest", $"The property \"{path[11..]}\" cannot be set to false. Enabling the {word} for a vault is an irreversible action.", path);
        }

        if (Dotted.Number(write.Wish, "properties.softDeleteRetentionInDays") is < 7 or > 90) throw Write.Refuse(400, "BadRequest", "The property \"softDeleteRetentionInDays\" must be between 7 and 90.", "properties.softDeleteRetentionInDays");
    }

    public override void Fill(Write write)
    {
        write.Document["properties"]!["enableRbacAuthorization"] ??= write.Once("properties.enableRbacAuthorization", () => string.CompareOrdinal(write.ApiVersion, "2026-02-01") >= 0);
        if (Dotted.True(write.Existing?.Document, "properties.enablePurgeProtection")) Dotted.Write(write.Document, "properties.enablePurgeProtection", true);
        if (Dotted.Text(write.Hidden, "properties.createMode") == "recover" && DeletedVaults.Find(write.World, write.Id.Name) is { } deleted) Recover(write, deleted);
        Dotted.Take(write.Hidden, "properties.createMode");
    }

    public override void Leaving(ArmWorld world, ArmRecord record) => DeletedVaults.Add(world, record);

    /// <summary>The first answer lacks the final slash that every later one has.</summary>
    public override void Show(ArmWorld world, ArmRecord record, JsonObject copy, ArmRequest request)
    {
        PrivateConnections.Show(world, record, copy);
        if (request.Method != "PUT") Dotted.Write(copy, "properties.vaultUri", Dotted.Text(record.Document, "properties.vaultUri") + "/");
    }

    private static void Recover(Write write, ArmRecord deleted)
    {
        write.Document["properties"] = deleted.Hidden["vault"]!["properties"]!.DeepClone();
        foreach (var secret in deleted.Hidden["secrets"]!.AsArray().OfType<JsonObject>())
        {
            write.World.Store.Save(new ArmRecord(write.Id.Child("secrets", Dotted.Text(secret, "name")!), secret["document"]!.DeepClone().AsObject(), secret["hidden"]!.DeepClone().AsObject()));
        }

        write.World.Store.Drop(deleted);
    }
}
