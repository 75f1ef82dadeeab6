using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The one comment of a label on a pull request: found by its marker, updated in place.</summary>
public sealed class StandingComment(Conversation conversation, Label label, Redactor redactor)
{
    /// <summary>Makes the comment say this, and nothing else.</summary>
    /// <exception cref="ProblemException">The host does not let this run read or write there.</exception>
    public async Task PostAsync(string markdown, CancellationToken cancel)
    {
        var text = CommentText.Of(label, redactor.Clean(markdown), conversation.Longest, conversation.RunPage);
        if (await FindAsync(cancel) is { } found && (Same(found.Text, text) || await conversation.UpdateAsync(found, text, cancel))) return;

        await conversation.CreateAsync(text, cancel);
    }

    private async Task<Comment?> FindAsync(CancellationToken cancel)
    {
        await foreach (var comment in conversation.ListAsync(cancel))
        {
            if (label.Heads(comment.Text)) return comment;
        }

        return null;
    }

    // Hosts keep what they are given with other line ends and without blanks at the end.
    private static bool Same(string kept, string wished) => kept.ReplaceLineEndings("\n").TrimEnd() == wished.TrimEnd();
}
