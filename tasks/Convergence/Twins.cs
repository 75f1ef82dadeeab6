using System.Text.Json.Nodes;

namespace DssPipeline.Convergence;

/// <summary>Pairs the items of two sets of one size. A wish may say less than what is seen, so one item can have several candidates: the pairing gives way until all have one.</summary>
internal static class Twins
{
    public static bool Match(JsonArray wish, JsonArray seen, Func<JsonNode?, JsonNode?, bool> isTwin)
    {
        var takenBy = new Dictionary<int, int>();
        return Enumerable.Range(0, wish.Count).All(item => Find(item, []));

        bool Find(int item, HashSet<int> tried)
        {
            for (var candidate = 0; candidate < seen.Count; candidate++)
            {
                if (tried.Contains(candidate) || !isTwin(wish[item], seen[candidate])) continue;

                tried.Add(candidate);
                if (takenBy.TryGetValue(candidate, out var rival) && !Find(rival, tried)) continue;

                takenBy[candidate] = item;
                return true;
            }

            return false;
        }
    }
}
