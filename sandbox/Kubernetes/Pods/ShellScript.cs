using System.Text;

namespace DssPipeline.Sandbox;

/// <summary>A line of shell: commands joined by <c>;</c>, <c>&amp;&amp;</c>, <c>||</c> or line ends, with quotes and variables; nothing else.</summary>
internal sealed class ShellScript(string text, IReadOnlyDictionary<string, string> environment)
{
    /// <summary>Runs command after command; ends with an exit code.</summary>
    public int Run(Func<IReadOnlyList<string>, int> command, Action<string> say)
    {
        var (code, at, stops) = (0, 0, false);
        foreach (var (joint, words) in Commands(ref at))
        {
            if (words.Count == 0 || (joint == "&&" && code != 0) || (joint == "||" && code == 0)) continue;
            if (words.Exists(word => word is "|" or ">" or "<" or "&"))
            {
                say($"sh: the sandbox's nodes know no pipes and no redirections: {string.Join(' ', words)}\n");
                return 2;
            }

            if (words is ["set", var option, ..] && option.StartsWith('-')) stops |= option.Contains('e', StringComparison.Ordinal);
            code = command([.. words.Select(Unmark)]);
            if (words[0] == "exit" || (stops && code != 0)) break;
        }

        return code;
    }

    private List<(string Joint, List<string> Words)> Commands(ref int at)
    {
        var commands = new List<(string, List<string>)>();
        var (joint, words, word, isOpen) = (";", new List<string>(), new StringBuilder(), false);
        for (; at < text.Length; at++)
        {
            var sign = text[at];
            if (sign is '\'' or '"')
            {
                isOpen = true;
                Quote(sign, word, ref at);
            }
            else if (sign == '$') Variable(word, ref at);
            else if (sign == '\\' && at + 1 < text.Length) word.Append(text[++at]);
            else if (sign is ';' or '\n' || Follows(at, "&&") || Follows(at, "||"))
            {
                Close();
                commands.Add((joint, words));
                (joint, words) = (sign is ';' or '\n' ? ";" : text.Substring(at, 2), []);
                at += joint.Length - 1;
            }
            else if (char.IsWhiteSpace(sign)) Close();
            else if (sign is '|' or '>' or '<' or '&')
            {
                Close();
                words.Add($"{sign}");
            }
            else word.Append(sign);
        }

        Close();
        commands.Add((joint, words));
        return commands;

        void Close()
        {
            // A sign that was quoted is a word like any other.
            if (word.Length > 0 || isOpen) words.Add(isOpen && word.ToString() is "|" or ">" or "<" or "&" ? $"\u001f{word}" : word.ToString());
            word.Clear();
            isOpen = false;
        }
    }

    private void Quote(char sign, StringBuilder word, ref int at)
    {
        for (at++; at < text.Length && text[at] != sign; at++)
        {
            if (sign == '"' && text[at] == '$') Variable(word, ref at);
            else if (sign == '"' && text[at] == '\\' && at + 1 < text.Length && text[at + 1] is '"' or '\\' or '$') word.Append(text[++at]);
            else word.Append(text[at]);
        }
    }

    private void Variable(StringBuilder word, ref int at)
    {
        var isBraced = at + 1 < text.Length && text[at + 1] == '{';
        var start = at + (isBraced ? 2 : 1);
        var end = start;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_')) end++;
        if (end == start) word.Append('$');
        else word.Append(environment.GetValueOrDefault(text[start..end], ""));
        at = isBraced && end < text.Length && text[end] == '}' ? end : end - 1;
    }

    private bool Follows(int at, string joint) => string.CompareOrdinal(text, at, joint, 0, 2) == 0;

    private static string Unmark(string word) => word.TrimStart('\u001f');
}
