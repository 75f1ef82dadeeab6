using System.Text;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>What the page of a run shows: the plan, a graph of what it changes, and what became of it, within what the page takes.</summary>
public sealed class StepSummary
{
    /// <summary>GitHub takes 1 MiB for a step and refuses more altogether.</summary>
    public const int Limit = 1024 * 1024;

    private readonly List<string> sections = [];
    private (string Deployment, Plan Plan)? planned;

    /// <summary>A plan takes the place of the one before it.</summary>
    public void Planned(string deployment, Plan plan) => planned = (deployment, plan);

    public void Add(string markdown) => sections.Add(markdown);

    /// <summary>The whole summary; the plan gives way to what was said after it.</summary>
    public string Text()
    {
        var rest = string.Join('\n', sections);
        if (Encoding.UTF8.GetByteCount(rest) > Limit / 2) rest = MarkdownCut.To(rest, Limit / 2);
        if (planned is not { } told) return rest;

        var graph = told.Plan.IsEmpty ? "" : $"\n### What changes\n\n```mermaid\n{PlanMermaid.Of(told.Plan)}```\n\n";
        var room = Limit - Encoding.UTF8.GetByteCount(rest) - Encoding.UTF8.GetByteCount(graph) - 1;
        return $"{MarkdownCut.To(PlanMarkdown.Of(told.Deployment, told.Plan), room)}{graph}{rest}";
    }
}
