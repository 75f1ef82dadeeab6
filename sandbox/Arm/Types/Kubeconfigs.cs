using System.Text;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>The credentials of a cluster, as a kubeconfig in base64.</summary>
internal static class Kubeconfigs
{
    // The application that kubelogin signs in to, and the one it signs in as, are the same for all of AKS.
    private const string Server = "6dae42f8-4368-4678-94ff-3960e28e3630";
    private const string Client = "80faf920-1908-4b52-b5ef-a8e7bedfc67a";

    /// <summary>A way in that asks nobody who is coming.</summary>
    public static ArmAnswer Admin(ArmWorld world, ArmRecord cluster) => For(world, cluster, "clusterAdmin", Token(cluster));

    /// <summary>A way in for whoever asks; into a cluster that takes Entra, by signing in there.</summary>
    public static ArmAnswer User(ArmWorld world, ArmRecord cluster) =>
        For(world, cluster, "clusterUser", Dotted.True(cluster.Document, "properties.aadProfile.managed") ? Login(world) : Token(cluster));

    private static ArmAnswer For(ArmWorld world, ArmRecord cluster, string user, string credential)
    {
        var authority = world.Options.CaFile is { } file ? Convert.ToBase64String(File.ReadAllBytes(file)) : "";
        var text = $"""
            apiVersion: v1
            kind: Config
            clusters:
            - name: {cluster.Id.Name}
              cluster:
                certificate-authority-data: {authority}
                server: https://{Dotted.Text(cluster.Document, "properties.privateFQDN") ?? Dotted.Text(cluster.Document, "properties.fqdn")}:443
            contexts:
            - name: {cluster.Id.Name}
              context:
                cluster: {cluster.Id.Name}
                user: {user}_{cluster.Id.Group}_{cluster.Id.Name}
            current-context: {cluster.Id.Name}
            preferences: {"{}"}
            users:
            - name: {user}_{cluster.Id.Group}_{cluster.Id.Name}
              user:
            {credential}

            """;
        return new(200, new JsonObject { ["kubeconfigs"] = new JsonArray(new JsonObject { ["name"] = user, ["value"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(text)) }) });
    }

    private static string Token(ArmRecord cluster) => $"    token: {Dotted.Text(cluster.Hidden, "~token")}";

    private static string Login(ArmWorld world) => $"""
            exec:
              apiVersion: client.authentication.k8s.io/v1beta1
              args:
              - get-token
              - --environment
              - AzurePublicCloud
              - --server-id
              - {Server}
              - --client-id
              - {Client}
              - --tenant-id
              - {world.Options.TenantId}
              - --login
              - devicecode
              command: kubelogin
              env: null
              provideClusterInfo: false
        """;
}
