using System.Collections;
using System.Text;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>What a job on the machine is given: named values, a list as one name several times. They travel as data and are never part of a script's text.</summary>
public sealed class JobValues : IEnumerable<KeyValuePair<string, string>>
{
    private readonly List<KeyValuePair<string, string>> values = [];

    public void Add(string name, string? value)
    {
        if (value is null) return;
        if (value.Contains('\0', StringComparison.Ordinal)) throw new ProblemException(new Problem("Value cannot travel", $"The value {name} for the machine holds a NUL character, which no file name and no argument can hold. Remove it from the manifest."));
        values.Add(new(name, value));
    }

    public void Add(string name, bool value) => Add(name, value ? "true" : "false");

    public void Add(string name, long value) => Add(name, $"{value}");

    /// <summary>A secret travels like every other value; what carries the letter keeps it from the argument list and from logs.</summary>
    public void Add(string name, Secret? value) => Add(name, value?.Reveal());

    public void Add(string name, IEnumerable<string> items)
    {
        foreach (var item in items) Add(name, item);
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The value as one word of plain ASCII: every byte that is no letter, digit or one of <c>_./:-</c> is written as <c>\xHH</c>.</summary>
    internal static string Encode(string value)
    {
        var word = new StringBuilder(value.Length);
        foreach (var octet in Encoding.UTF8.GetBytes(value))
        {
            var letter = (char)octet;
            if (char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.' or '/' or ':' or '-') word.Append(letter);
            else word.Append("\\x").Append(octet.ToString("x2", null));
        }

        return word.ToString();
    }
}
