using System.Collections.Concurrent;
using System.Text;

namespace DssPipeline.Rehearsal.Tests;

/// <summary>Looks at the arguments and the environment of every process of the host, and so of its machines, again and again until it is ended.</summary>
internal sealed class ProcessWatch : IDisposable
{
    // Leaves the processor to those who are watched. A process that lives shorter than this may be missed; those that read, sign or connect live longer.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(3);

    private readonly ConcurrentDictionary<string, string> arguments = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> environments = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> known = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource end = new();
    private readonly Thread thread;

    public ProcessWatch()
    {
        thread = new Thread(Watch) { IsBackground = true, Priority = ThreadPriority.BelowNormal };
        thread.Start();
    }

    /// <summary>How many different argument lists were seen.</summary>
    public int Count => arguments.Count;

    /// <summary>Argument lists in which one of the words stands.</summary>
    public IReadOnlyList<string> Told(params IReadOnlyList<string> words) => [.. arguments.Keys.Where(text => words.Any(word => text.Contains(word, StringComparison.Ordinal)))];

    /// <summary>Argument lists of the processes in whose environment one of the words stands.</summary>
    public IReadOnlyList<string> Handed(params IReadOnlyList<string> words) => [.. environments.Where(pair => words.Any(word => pair.Key.Contains(word, StringComparison.Ordinal))).Select(pair => pair.Value)];

    /// <summary>Ends the watch; what was seen stays.</summary>
    public void End()
    {
        end.Cancel();
        thread.Join();
    }

    public void Dispose()
    {
        End();
        end.Dispose();
    }

    private void Watch()
    {
        while (!end.IsCancellationRequested)
        {
            foreach (var folder in Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(folder["/proc/".Length]))) Look(folder);
            end.Token.WaitHandle.WaitOne(Pause);
        }
    }

    // Between fork and exec a process still shows both of its parent: so the arguments are read first.
    private void Look(string folder)
    {
        var line = Read(folder, "cmdline");
        if (line.Length == 0 || known.GetValueOrDefault(folder) == line) return;

        known[folder] = line;
        arguments.TryAdd(line, folder);
        environments.TryAdd(Read(folder, "environ"), line);
    }

    private static string Read(string folder, string file)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(folder, file))).Replace('\0', '\n');
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
