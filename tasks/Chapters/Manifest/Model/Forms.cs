namespace DssPipeline.Chapters;

/// <summary>The rules for texts: Azure's naming rules, which are checked without asking Azure, and those of the machine, DSS and Kubernetes.</summary>
public static partial class Forms
{
    private static readonly IReadOnlyDictionary<Form, FormRule> Rules = Azure.Concat(Elsewhere).ToDictionary();

    /// <summary>The rule of a form; null for free text.</summary>
    public static FormRule? Of(Form form) => Rules.GetValueOrDefault(form);

    /// <summary>The text, when it keeps the rule.</summary>
    public static bool Accepts(Form form, string text) => Of(form)?.Accepts(text) ?? true;
}
