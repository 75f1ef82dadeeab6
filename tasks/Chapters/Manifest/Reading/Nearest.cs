namespace DssPipeline.Chapters;

/// <summary>Finds what somebody probably meant to write.</summary>
internal static class Nearest
{
    /// <summary>The candidates, the most similar first; equals keep their order.</summary>
    public static IEnumerable<string> First(string written, IEnumerable<string> candidates) =>
        candidates.OrderBy(candidate => Distance(written, candidate));

    /// <summary>The most similar candidate, when it is similar enough to be what was meant.</summary>
    public static string? To(string written, IEnumerable<string> candidates) =>
        First(written, candidates.Where(candidate => Math.Abs(candidate.Length - written.Length) <= Tolerance(written, candidate)))
            .FirstOrDefault(candidate => Distance(written, candidate) <= Tolerance(written, candidate));

    private static int Tolerance(string left, string right) => Math.Max(1, Math.Min(left.Length, right.Length) / 3);

    /// <summary>How many letters are to be put in, taken out, changed or swapped; case costs nothing.</summary>
    private static int Distance(string left, string right)
    {
        // Nobody mistypes a word of that length; and hostile ones must not cost time.
        if (left.Length > 100 || right.Length > 100) return int.MaxValue;

        int[][] rows = [.. Enumerable.Range(0, left.Length + 1).Select(i => new int[right.Length + 1])];
        for (var i = 0; i <= left.Length; i++)
        {
            for (var j = 0; j <= right.Length; j++) rows[i][j] = Cell(rows, left, right, i, j);
        }

        return rows[left.Length][right.Length];
    }

    private static int Cell(int[][] rows, string left, string right, int i, int j)
    {
        if (i == 0 || j == 0) return i + j;

        var same = Fold(left[i - 1]) == Fold(right[j - 1]);
        var best = Math.Min(rows[i - 1][j - 1] + (same ? 0 : 1), Math.Min(rows[i - 1][j], rows[i][j - 1]) + 1);
        var swapped = i > 1 && j > 1 && Fold(left[i - 1]) == Fold(right[j - 2]) && Fold(left[i - 2]) == Fold(right[j - 1]);
        return swapped ? Math.Min(best, rows[i - 2][j - 2] + 1) : best;
    }

    private static char Fold(char letter) => char.ToUpperInvariant(letter);
}
