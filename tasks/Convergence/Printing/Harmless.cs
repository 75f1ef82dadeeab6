namespace DssPipeline.Convergence;

/// <summary>Text from elsewhere, made harmless for a terminal: no control character moves the cursor, colours a line or begins a new one.</summary>
internal static class Harmless
{
    public static string Of(string text) => text.Any(char.IsControl) ? string.Concat(text.Select(Shown)) : text;

    private static string Shown(char letter) => letter switch
    {
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        _ when char.IsControl(letter) => $"\\u{(int)letter:x4}",
        _ => letter.ToString(),
    };
}
