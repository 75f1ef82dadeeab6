using System.Text;
using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>The credentials of a cluster, as a kubeconfig in base64.</summary>
internal static class Kubeconfigs
{
    public static ArmAnswer For(ArmRecord cluster, string user)
    {
        var text = $"""
            apiVersion: v1
            kind: Config
            clusters:
            - name: {cluster.Id.Name}
              cluster:
                server: https://{Dotted.Text(cluster.Document, "properties.fqdn") ?? Dotted.Text(cluster.Document, "properties.privateFQDN")}:443
            contexts:
            - name: {cluster.Id.Name}
              context:
                cluster: {cluster.Id.Name}
                user: {user}_{cluster.Id.Group}_{cluster.Id.Name}
            current-context: {cluster.Id.Name}
            users:
            - name: {user}_{cluster.Id.Group}_{cluster.Id.Name}
              user:
                token: {Dotted.Text(cluster.Hidden, "~token")}
            """;
        return new(200, new JsonObject { ["kubeconfigs"] = new JsonArray(new JsonObject { ["name"] = user, ["value"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(text)) }) });
    }
}
