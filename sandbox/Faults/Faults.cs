using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace DssPipeline.Sandbox;

/// <summary>The faults of a running sandbox; rules may be added and cleared at any time.</summary>
public sealed class Faults(int seed)
{
    private readonly Lock _gate = new();
    private readonly List<Entry> _entries = [];

    public IReadOnlyList<FaultRule> Rules
    {
        get
        {
            lock (_gate) return [.. _entries.Select(entry => entry.Rule)];
        }
    }

    public void Add(params IEnumerable<FaultRule> rules)
    {
        lock (_gate) _entries.AddRange(rules.Select(rule => new Entry(rule, seed, _entries.Count)));
    }

    /// <summary>Adds the rules of a fault script, such as <c>429@PUT *storageAccounts* times=2</c>.</summary>
    public void Add(string script) => Add(FaultScript.Parse(script).OrThrow());

    public void Clear()
    {
        lock (_gate) _entries.Clear();
    }

    /// <summary>How many requests a rule has hit.</summary>
    public int Hits(FaultRule rule)
    {
        lock (_gate) return _entries.Where(entry => entry.Rule == rule).Sum(entry => entry.Hits);
    }

    /// <summary>The rules that hit this request, in their order, up to the first that answers in its place.</summary>
    internal IReadOnlyList<FaultRule> Meet(Endpoint endpoint, string method, string path, Predicate<FaultRule> possible) =>
        Hits(method, path, rule => rule.Matches(endpoint, method, path) && rule.Kind != FaultKind.FailOperation && possible(rule));

    /// <summary>The rules that what happens at a machine meets; only those that can do something about it.</summary>
    internal IReadOnlyList<FaultRule> MeetEvent(string happening, string machine) =>
        Hits(happening, machine, rule => rule.MatchesEvent(happening, machine));

    /// <summary>The rule that lets an operation fail which is about to begin.</summary>
    internal FaultRule? MeetOperation(string method, string path) =>
        Hits(method, path, rule => rule.Matches(Endpoint.Arm, method, path) && rule.Kind == FaultKind.FailOperation).FirstOrDefault();

    private List<FaultRule> Hits(string method, string path, Predicate<FaultRule> matches)
    {
        var met = new List<FaultRule>();
        lock (_gate)
        {
            foreach (var entry in _entries.Where(entry => matches(entry.Rule)))
            {
                // Every rule counts what it matches, also where an earlier rule answers.
                if (!entry.IsNext(method, path) || met.Exists(rule => rule.Answers)) continue;
                entry.Hits++;
                met.Add(entry.Rule);
            }
        }

        return met;
    }

    private sealed class Entry(FaultRule rule, int seed, int index)
    {
        private readonly Dictionary<string, int> _seen = new(StringComparer.OrdinalIgnoreCase);
        private int _matches;

        public FaultRule Rule => rule;

        public int Hits { get; set; }

        public bool IsNext(string method, string path)
        {
            var match = _matches++ - rule.Skip;
            var chance = Chance(method, path);
            return match >= 0 && (match + 1) % rule.Every == 0 && Hits < (rule.Times ?? int.MaxValue) && chance < rule.Probability;
        }

        // Drawn from what is asked and how often it was asked, so that requests racing each other do not change who is hit.
        private double Chance(string method, string path)
        {
            var key = method + ' ' + path;
            var times = _seen[key] = _seen.GetValueOrDefault(key) + 1;
            var draw = SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}|{index}|{key.ToLowerInvariant()}|{times}"));
            return BinaryPrimitives.ReadUInt32LittleEndian(draw) / (double)uint.MaxValue;
        }
    }
}
