using System.Reflection;
using System.Text;

namespace DssPipeline.Planes;

/// <summary>The script that runs on the machine: the agent and the functions of every kind, put together from the files <c>*.sh</c> of the projects. It holds no value of any deployment.</summary>
public static class AgentScript
{
    /// <summary>The agent without any kind, for errands that have no jobs.</summary>
    internal static string Alone => Read(typeof(AgentScript).Assembly, "machine/agent.sh");

    /// <summary>The whole script: the kinds of the given assemblies, then the agent, which reads the letter.</summary>
    public static string Of(params IEnumerable<Assembly> assemblies)
    {
        var script = new StringBuilder();
        foreach (var assembly in assemblies.Prepend(typeof(AgentScript).Assembly).Distinct())
        {
            foreach (var name in assembly.GetManifestResourceNames().Where(IsKind).Order(StringComparer.Ordinal)) script.AppendLine(Read(assembly, name));
        }

        return script.Append(Alone).ToString();
    }

    private static bool IsKind(string name) => name.StartsWith("machine/", StringComparison.Ordinal) && name.EndsWith(".sh", StringComparison.Ordinal) && name != "machine/agent.sh";

    private static string Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
