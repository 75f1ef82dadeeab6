using DssPipeline.Convergence;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace DssPipeline.Planes;

/// <summary>A kubeconfig as AKS hands it out, and what this run must change in it.</summary>
internal sealed class Kubeconfig
{
    private const string ServerId = "--server-id";

    // The application of AKS in Entra, the same for all clusters.
    private const string Aks = "6dae42f8-4368-4678-94ff-3960e28e3630";

    private static readonly string[] Confidential = ["token", "client-key-data", "password"];

    private readonly YamlStream document;
    private readonly YamlMappingNode cluster;
    private readonly YamlMappingNode user;

    private Kubeconfig(YamlStream document, YamlMappingNode cluster, YamlMappingNode user) => (this.document, this.cluster, this.user) = (document, cluster, user);

    /// <summary>Whether it lets nobody in by itself, but signs in with a program.</summary>
    public bool NeedsSignIn => user.Children.ContainsKey("exec");

    /// <summary>Application of Entra for which the program would get a token.</summary>
    public string Audience => Arguments.SkipWhile(argument => argument != ServerId).ElementAtOrDefault(1) ?? Aks;

    private IEnumerable<string> Arguments => user["exec"] is YamlMappingNode exec && exec.Children.TryGetValue("args", out var all) && all is YamlSequenceNode list ? list.Select(argument => $"{argument}") : [];

    /// <summary>Values that must not be told: tokens, keys, passwords.</summary>
    public IEnumerable<Secret> Secrets => Confidential.Where(name => user.Children.ContainsKey(name)).Select(name => new Secret($"{user[name]}"));

    /// <exception cref="ProblemException">It is no kubeconfig of one cluster and one user.</exception>
    public static Kubeconfig Read(Secret text, string subject)
    {
        try
        {
            var read = new YamlStream();
            using var reader = new StringReader(text.Reveal());
            read.Load(reader);
            var root = (YamlMappingNode)read.Documents[0].RootNode;
            return new(read, Only(root, "clusters", "cluster"), Only(root, "users", "user"));
        }
        catch (Exception failure) when (failure is YamlException or InvalidCastException or KeyNotFoundException or ArgumentOutOfRangeException or InvalidOperationException)
        {
            // Its text is a secret, so nothing of it is shown.
            throw new ProblemException(new Problem("Kubeconfig cannot be read", $"{subject}: what Azure handed out is no kubeconfig of one cluster and one user ({failure.GetType().Name}). Look at it with az aks get-credentials; it may be damaged by a proxy."));
        }
    }

    /// <summary>The API server answers elsewhere; who it is, is still checked by its name.</summary>
    public void Lead(Uri server)
    {
        var name = new Uri($"{cluster["server"]}").Host;
        cluster.Children["server"] = new YamlScalarNode(server.AbsoluteUri.TrimEnd('/'));
        cluster.Children["tls-server-name"] = new YamlScalarNode(name);
    }

    /// <summary>Lets in with a token in place of a program.</summary>
    public void SignIn(Secret token)
    {
        user.Children.Remove("exec");
        user.Children["token"] = new YamlScalarNode(token.Reveal());
    }

    public string Write()
    {
        using var writer = new StringWriter();
        document.Save(writer, assignAnchors: false);
        return writer.ToString();
    }

    private static YamlMappingNode Only(YamlMappingNode root, string list, string member) =>
        (YamlMappingNode)((YamlSequenceNode)root[list]).Children.Cast<YamlMappingNode>().First()[member];
}
