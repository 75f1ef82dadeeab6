using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using DssPipeline.Chapters;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>One value that would like to be a command, for one key of the manifest. The command makes a file, the canary.</summary>
/// <param name="Key">The key as people write it: <c>vm.timeZone</c>.</param>
/// <param name="Text">The value itself.</param>
internal sealed record Hostile(string Key, KeyShape Shape, string Text, string Canary)
{
    /// <summary>What the manifest's author could have found somewhere, and what each kind of interpreter would take for a command.</summary>
    private static readonly string[] Dialects =
    [
        "$(touch {0})", "`touch {0}`", "';touch {0};'", "\";touch {0};\"", "a\ntouch {0}\n", "|touch {0}", "&& touch {0} #", "x[$(touch {0})]", "$({{touch,{0}}})", "`{{touch,{0}}}`",
        "-oProxyCommand=touch {0}", "--checkpoint-action=exec=touch {0}", "-$(touch {0})", "%(touch {0})s%n%b\\x24(touch {0})", "\\$(touch {0})\\", "*;touch {0}", "é 😀 $(touch {0})",
        "x\nExecStartPre=/bin/touch {0}", "x\"\nEnvironment=\"A=$(touch {0})", "x\\\nRUN touch {0}", "%{{lua:os.execute('touch {0}')}}", " $(touch {0}) ", "~;touch {0}", "\u2028$(touch {0})", "<(touch {0})",
        "x'\nexport A=$(touch {0})\n'", "x\r\ntouch {0}\r\n", "\u001b]0;touch {0}\u0007", "x, $(touch {0}) ,y", "\"$(touch {0})\"",
    ];

    /// <summary>Values for every key of the sections that the machine hears of, whatever kind it has; a key that is added is among them.</summary>
    public static IReadOnlyList<Hostile> All(string canaries, int count, int seed)
    {
        var keys = SectionShape.Root.Keys.Where(key => key.Name is "vm" or "dss" or "images").SelectMany(key => Leaves(key.Name, key)).ToList();
        var random = new Random(seed);
        var offset = random.Next(Dialects.Length);
        return [.. Enumerable.Range(0, count).Select(number => One(keys[number % keys.Count], Dialects[(offset + number + (number / keys.Count)) % Dialects.Length], $"{canaries}{number}", random))];
    }

    /// <summary>The setting of the command line that puts it into the manifest.</summary>
    public string Setting => Shape switch
    {
        { Type.Name: nameof(SecretValue) } => $"{Key}=${{env:{Variable}}}",
        { Kind: KeyKind.List } => $"{Key}={Json(new JsonArray(Text))}",
        { Kind: KeyKind.Map } => $"{Key}={Json(new JsonObject { [Name] = Text })}",
        { Kind: KeyKind.Json } => $"{Key}={Json(new JsonObject { [Text] = Text })}",
        _ => $"{Key}={Text}",
    };

    /// <summary>The variable of the environment that holds it when it is a secret.</summary>
    public string Variable => $"HOSTILE_{Path.GetFileName(Canary).Replace('-', '_')}";

    /// <summary>What it is called in a map.</summary>
    public string Name => Key == "dss.installIni" ? "hostile.value" : "HOSTILE";

    /// <summary>Keys that are not texts, and lists of sections, stand for themselves: their items are refused as wrong types.</summary>
    private static IEnumerable<(string Path, KeyShape Key)> Leaves(string path, KeyShape key) =>
        key is { IsSection: true, Kind: KeyKind.One } ? key.Section.Keys.SelectMany(inner => Leaves($"{path}.{inner.Name}", inner)) : [(path, key)];

    private static Hostile One((string Path, KeyShape Key) key, string dialect, string canary, Random random)
    {
        var text = string.Format(null, dialect, canary);
        var example = Forms.Of(key.Key.Key.Form)?.Example;
        // Half of them begin as a right value would.
        return new(key.Path, key.Key, example is not null && random.Next(2) == 0 ? example + text : text, canary);
    }

    private static string Json(JsonNode node) => node.ToJsonString(new JsonSerializerOptions(JsonSerializerDefaults.General) { Encoder = JavaScriptEncoder.Default });
}
