using System.Text.Json.Nodes;

namespace DssPipeline.Planes.Tests;

/// <summary>The general settings of a DSS: one document, replaced as a whole, the last writer wins.</summary>
internal sealed class SettingsServer
{
    public const string Path = $"{DssSetup.Api}admin/general-settings";

    private readonly Lock gate = new();
    private int requests;
    private string? told;

    public SettingsServer(Remote remote, JsonObject? settings = null)
    {
        Settings = settings ?? [];
        remote.On("GET", Path, _ => Get());
        remote.On("PUT", Path, asked => Put((JsonObject)JsonNode.Parse(asked.Body)!));
    }

    public JsonObject Settings { get; private set; }

    public int Puts { get; private set; }

    /// <summary>What other people do before the n-th request is answered.</summary>
    public Action<int, JsonObject> Before { get; set; } = (_, _) => { };

    /// <summary>Whether the last two requests were looks that were told the same: what happens from here until a write, nobody can notice.</summary>
    public bool IsCalm { get; private set; }

    /// <summary>What other people do right after the n-th write.</summary>
    public Action<int, JsonObject> AfterPut { get; set; } = (_, _) => { };

    /// <summary>What DSS makes of what it is given.</summary>
    public Func<JsonObject, JsonObject> Bend { get; set; } = given => given;

    /// <summary>What becomes of the n-th PUT; null for what should.</summary>
    public Func<int, Reply?> Fate { get; set; } = _ => null;

    public void Change(Action<JsonObject> edit)
    {
        lock (gate) edit(Settings);
    }

    private Reply Get()
    {
        lock (gate)
        {
            Before(++requests, Settings);
            var text = Settings.ToJsonString();
            (IsCalm, told) = (text == told, text);
            return new(200, text);
        }
    }

    private Reply Put(JsonObject body)
    {
        lock (gate)
        {
            Before(++requests, Settings);
            var fate = Fate(++Puts);
            if (fate is null or { Dropped: true }) Settings = Bend(body);
            (IsCalm, told) = (false, null);
            AfterPut(Puts, Settings);
            return fate ?? new Reply(200);
        }
    }
}
