using System.Text;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>What the page of a run shows: the plan, a graph of what it changes, and what became of it, within what the page takes.</summary>
public sealed class StepSummary
{
    /// <summary>GitHub takes 1 MiB for a step and refuses more altogether.</summary>
    public const int Limit = 1024 * 1024;

    private const string Note = "The whole plan is in the log of the run, and among the files of `--report`.";

    private readonly List<string> sections = [];
    private (string Deployment, Plan Plan)? planned;

    /// <summary>A plan takes the place of the one before it.</summary>
    public void Planned(string deployment, Plan plan) => planned = (deployment, plan);

    public void Add(string markdown) => sections.Add(markdown);

    /// <summary>The whole summary; the plan gives way to what was said after it.</summary>
    public string Text()
    {
        var rest = string.Join('\n', sections);
        if (Bytes(rest) > Limit / 2) rest = Cut(rest, Limit / 2);
        if (planned is not { } told) return rest;

        var graph = told.Plan.IsEmpty ? "" : $"\n### What changes\n\n```mermaid\n{PlanMermaid.Of(told.Plan)}```\n\n";
        return $"{Cut(PlanMarkdown.Of(told.Deployment, told.Plan), Limit - Bytes(rest) - Bytes(graph))}{graph}{rest}";
    }

    private static string Cut(string markdown, int bytes)
    {
        if (Bytes(markdown) <= bytes) return markdown;

        var (text, left) = CommentCut.Of(markdown, Letters(markdown, bytes - Note.Length - 60));
        return $"{text}\n**{left} more resources do not fit here.** {Note}\n";
    }

    /// <summary>How many letters of the text take no more than so many bytes.</summary>
    private static int Letters(string text, int bytes)
    {
        var letters = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            bytes -= rune.Utf8SequenceLength;
            if (bytes < 0) break;
            letters += rune.Utf16SequenceLength;
        }

        return letters;
    }

    private static int Bytes(string text) => Encoding.UTF8.GetByteCount(text);
}
