using System.Text;
using System.Text.RegularExpressions;

namespace DssPipeline.Chapters;

/// <summary>Fills <c>${env:NAME}</c> and <c>${file:path}</c> in a text, and recognizes <c>${keyvault:vault/secret}</c>.</summary>
internal sealed partial class SourceText(ReadOptions options, string folder)
{
    private static readonly string[] Known = ["env", "file", "keyvault"];

    /// <summary>A text filled in, or what is wrong with it.</summary>
    /// <param name="Sourced">The value came from elsewhere, so it must not be shown.</param>
    /// <param name="Absent">A source is absent, and the options ask for a stand-in.</param>
    public sealed record Filled(string Text, bool Sourced = false, bool Absent = false)
    {
        public VaultSecret? Kept { get; init; }

        public (string Summary, string Detail)? Trouble { get; init; }
    }

    public static bool IsOneReference(string text) => Reference().Match(text) is { Success: true } match && match.Length == text.Length && match.Groups["body"].Success;

    public Filled Fill(string text, bool variables)
    {
        var result = new Filled(text);
        if (!text.Contains("${", StringComparison.Ordinal)) return result;

        var filled = new StringBuilder();
        var end = 0;
        foreach (var match in Reference().Matches(text).Cast<Match>())
        {
            filled.Append(text, end, match.Index - end);
            end = match.Index + match.Length;
            var part = One(match, variables);
            if (part.Trouble is not null || part.Kept is not null) return part with { Sourced = true };

            filled.Append(part.Text);
            result = result with { Sourced = result.Sourced || part.Sourced, Absent = result.Absent || part.Absent };
        }

        return result with { Text = filled.Append(text, end, text.Length - end).ToString() };
    }

    private Filled One(Match match, bool variables)
    {
        if (match.Value == "$${") return new("${");
        if (!match.Groups["body"].Success) return Unknown("${ is never closed by }.");

        var body = match.Groups["body"].Value;
        var parts = body.Split(':', 2);
        return parts switch
        {
            ["env", { Length: > 0 } name] => Sourced(options.Variables(name), $"The environment variable {name} is not set. Set it for the run, or write another source."),
            ["file", { Length: > 0 } path] => Sourced(options.Files(Rooted(path)), $"There is no readable text file {path}, seen from the folder of the manifest. Files may have 256 KB and must be UTF-8."),
            ["keyvault", var place] => Vault(place),
            [_] when variables && Variable().IsMatch(body) => new(match.Value),
            _ => Unknown($"{match.Value} is no source. {Guess(parts[0])}Write $${{ where a text really holds ${{."),
        };
    }

    private Filled Sourced(string? value, string missing)
    {
        if (value is not null) return new(value, Sourced: true);
        return options.Missing is MissingSources.StandIn
            ? new("", Sourced: true, Absent: true)
            : new("") { Trouble = (Summaries.MissingSource, missing) };
    }

    private static Filled Vault(string place) => place.Split('/') switch
    {
        [var vault, var name] when Forms.Accepts(Form.KeyVaultName, vault) && Forms.Accepts(Form.SecretName, name) => new("") { Kept = new(vault, name) },
        _ => Unknown($"${{keyvault:{place}}} names no secret. Write the vault and the secret, as in ${{keyvault:kv-prod/dss-license}}."),
    };

    private static string Guess(string form) => Nearest.To(form, Known) is { } nearest
        ? $"Did you mean ${{{nearest}:…}}? The sources are ${{env:NAME}}, ${{file:path}} and ${{keyvault:vault/secret}}. "
        : "The sources are ${env:NAME}, ${file:path} and ${keyvault:vault/secret}. ";

    private static Filled Unknown(string detail) => new("") { Trouble = (Summaries.UnknownSource, detail) };

    private string Rooted(string path) => path.StartsWith('~') ? path : Path.Combine(folder, path);

    [GeneratedRegex(@"\$\$\{|\$\{(?<body>[^{}]*)\}|\$\{", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Reference();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_.]*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();
}
