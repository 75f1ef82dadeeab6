using System.Text.Json.Nodes;

namespace DssPipeline.Sandbox;

/// <summary>Objects by name in one file of the data directory.</summary>
internal sealed class DssShelf(DssDataDirectory data, string file)
{
    private readonly Lock _changing = new();

    public JsonObject All
    {
        get
        {
            lock (_changing) return data.Read(file) as JsonObject ?? [];
        }
    }

    public JsonObject? Find(string name) => All[name] as JsonObject;

    public void Put(string name, JsonObject document) => Change(all => all[name] = document.DeepClone());

    /// <summary>Adds an object; false when its name is taken.</summary>
    public bool Add(string name, JsonObject document)
    {
        var added = false;
        Change(all => added = all.TryAdd(name, document.DeepClone()));
        return added;
    }

    public bool Remove(string name)
    {
        var removed = false;
        Change(all => removed = all.Remove(name));
        return removed;
    }

    /// <summary>Changes an object where it is still there, with nobody in between.</summary>
    public void Update(string name, Action<JsonObject> change) => Change(all =>
    {
        if (all[name] is JsonObject kept) change(kept);
    });

    private void Change(Action<JsonObject> change)
    {
        lock (_changing)
        {
            var all = data.Read(file) as JsonObject ?? [];
            change(all);
            data.Write(file, all);
        }
    }
}
