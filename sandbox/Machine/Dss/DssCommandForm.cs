using System.Text;

namespace DssPipeline.Sandbox;

/// <summary>What dsscli sends: how to print, and named values.</summary>
internal sealed record DssCommandForm(bool Json, bool Header, IReadOnlyList<(string Name, string Value)> Values)
{
    public static DssCommandForm Read(string text)
    {
        var lines = text.Split('\n');
        var values = new List<(string, string)>();
        for (var i = 4; i + 1 < lines.Length; i += 2) values.Add((lines[i], Encoding.UTF8.GetString(Convert.FromBase64String(lines[i + 1]))));

        return new DssCommandForm(lines.ElementAtOrDefault(1) == "json", lines.ElementAtOrDefault(3) != "0", values);
    }

    public string? this[string name] => Values.LastOrDefault(pair => pair.Name == name).Value;

    public IEnumerable<string> Every(string name) => Values.Where(pair => pair.Name == name).Select(pair => pair.Value);
}
