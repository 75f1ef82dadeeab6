using System.Text;

namespace DssPipeline.Chapters;

/// <summary>A log whose lines are text and nothing else: what comes from elsewhere cannot give commands to the CI system.</summary>
public sealed class DisarmedWriter(TextWriter inner, Vendor vendor) : TextWriter
{
    private readonly Lock gate = new();
    private readonly StringBuilder begun = new();

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Write($"{value}");

    public override void Write(string? value)
    {
        lock (gate)
        {
            begun.Append(value);
            var text = begun.ToString();
            if (text.LastIndexOf('\n') is var end && end < 0) return;

            foreach (var line in text[..end].Split('\n').SelectMany(Lines)) inner.WriteLine(vendor.Disarm(line));
            begun.Clear().Append(text[(end + 1)..]);
        }
    }

    public override void WriteLine(string? value) => Write($"{value}\n");

    public override void Flush()
    {
        lock (gate)
        {
            inner.Write(string.Join('\n', Lines(begun.ToString()).Select(vendor.Disarm)));
            begun.Clear();
            inner.Flush();
        }
    }

    public override Task WriteAsync(string? value)
    {
        Write(value);
        return Task.CompletedTask;
    }

    public override Task WriteLineAsync(string? value) => WriteAsync($"{value}\n");

    // Who reads the log takes a carriage return alone for the end of a line as well.
    private static IEnumerable<string> Lines(string line) => line.TrimEnd('\r').Split('\r');
}
