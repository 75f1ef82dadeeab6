namespace DssPipeline.Sandbox;

/// <summary>One call of the public API: its verb, its path, and what it does. In a path * stands for a name, and ** at its end for the rest.</summary>
internal sealed record DssRoute(string Method, string Path, Func<DssCall, Task<DssAnswer>> AnswerAsync)
{
    public DssRoute(string method, string path, Func<DssCall, DssAnswer> answer)
        : this(method, path, call => Task.FromResult(answer(call)))
    {
    }

    /// <summary>The names that the path holds where the route has its stars; null when the call is for another route.</summary>
    public IReadOnlyList<string>? Match(string method, IReadOnlyList<string> path)
    {
        var form = Path.Split('/');
        var open = form[^1] == "**";
        if (Method != method || (open ? path.Count < form.Length : path.Count != form.Length)) return null;

        var names = new List<string>();
        for (var i = 0; i < form.Length; i++)
        {
            if (form[i] == "**") names.Add(string.Join('/', path.Skip(i)));
            else if (form[i] == "*") names.Add(path[i]);
            else if (form[i] != path[i]) return null;
        }

        return names;
    }
}
