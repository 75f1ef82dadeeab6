namespace DssPipeline.Sandbox;

/// <summary>Federated credentials: at most twenty on an identity, no two for the same issuer and subject.</summary>
internal sealed class FederatedCredentialRules : TypeRules
{
    public override void Check(Write write)
    {
        var others = write.World.Children(write.Id.Parent!, "federatedIdentityCredentials").Where(record => record.Id.Key != write.Id.Key).ToList();
        if (write.IsNew && others.Count >= 20) throw Write.Refuse(409, "FederatedIdentityCredentialsLimitExceeded", "Too many Federated Identity Credentials have been created for the managed identity: at most 20 are allowed.");

        var twin = others.Find(record => Same(write, record, "issuer") && Same(write, record, "subject"));
        if (twin is not null) throw Write.Refuse(409, "Conflict", $"Issuer and subject combination already exists for this Managed Identity, in the credential '{twin.Id.Name}'.");
    }

    private static bool Same(Write write, ArmRecord record, string property) => write.Text($"properties.{property}") == Dotted.Text(record.Document, $"properties.{property}");
}
