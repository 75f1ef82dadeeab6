using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>The list of secrets handed to this run, and the mask laid over every text that leaves it.</summary>
public sealed partial class Redactor
{
    private const string Mask = "(secret)";
    private const int Shortest = 4;
    private const int ShortestLine = 16;

    private readonly ConcurrentDictionary<string, byte> hidden = new(StringComparer.Ordinal);
    private Action<string> listener = _ => { };

    /// <summary>Tells somebody of every spelling that is masked: those so far, and each that is added before it can be printed.</summary>
    public void Listen(Action<string> told)
    {
        listener += told;
        foreach (var spelling in hidden.Keys) told(spelling);
    }

    /// <summary>Remembers a secret in every spelling in which a remote may echo it, and hands it back.</summary>
    public Secret Add(Secret secret)
    {
        var value = secret.Reveal();
        string[] spellings = [value, Uri.EscapeDataString(value), Quoted(value, JavaScriptEncoder.Default), Quoted(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping), Base64(value), Base64($":{value}"), WebUtility.HtmlEncode(value)];
        // Masking "a" or "no" would tell more about a text than it hides.
        foreach (var spelling in spellings.Where(spelling => spelling.Length >= Shortest).Concat(Lines(value))) Hide(spelling);
        return secret;
    }

    /// <summary>The text with every known secret, token and signature masked.</summary>
    public string Clean(string text)
    {
        foreach (var value in hidden.Keys.OrderByDescending(value => value.Length))
        {
            text = text.Replace(value, Mask, StringComparison.Ordinal);
        }

        return Signatures().Replace(Tokens().Replace(text, Mask), "${name}" + Mask);
    }

    private void Hide(string spelling)
    {
        if (hidden.TryAdd(spelling, 0)) listener(spelling);
    }

    // The second is what basic sign-in makes of a token without a user name.
    private static string Base64(string value) => Convert.ToBase64String(Encoding.UTF8.GetBytes(value));

    // Programs print a key or a licence line by line; the frame of a key is the same for all.
    private static IEnumerable<string> Lines(string value) => value.Split('\n', StringSplitOptions.TrimEntries) is { Length: > 1 } lines
        ? lines.Where(line => line.Length >= ShortestLine && !line.StartsWith("-----", StringComparison.Ordinal))
        : [];

    private static string Quoted(string value, JavaScriptEncoder encoder) => JsonEncodedText.Encode(value, encoder).ToString();

    [GeneratedRegex(@"eyJ[\w-]{8,}\.[\w-]+(\.[\w-]*)?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tokens();

    [GeneratedRegex(@"(?<name>[?&](?:sig|s|c|h|code|client_secret|client_assertion|access_token)=)[^&\s""']{8,}|(?<name>Bearer )[\w.~+/-]{8,}=*", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Signatures();
}
