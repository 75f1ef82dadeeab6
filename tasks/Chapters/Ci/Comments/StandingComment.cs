using DssPipeline.Convergence;
using DssPipeline.Planes;

namespace DssPipeline.Chapters;

/// <summary>The one comment of a label on a pull request: found by its marker, updated in place.</summary>
public sealed class StandingComment(Conversation conversation, Label label, Redactor redactor)
{
    private const int Tries = 3;

    /// <summary>Makes the comment say this, and nothing else.</summary>
    /// <exception cref="ProblemException">The host does not let this run read or write there.</exception>
    public async Task PostAsync(string markdown, CancellationToken cancel)
    {
        var text = CommentText.Of(label, redactor.Clean(markdown), conversation.Longest, conversation.RunPage);
        // Somebody may delete the comment between look and write, and a failing host may have made one all the same: then look again, or there would be two.
        for (var tries = 0; tries < Tries; tries++)
        {
            var found = await FindAsync(cancel);
            if (found is not null && Same(found.Text, text)) return;
            if (found is null ? await conversation.CreateAsync(text, cancel) : await conversation.UpdateAsync(found, text, cancel)) return;
        }

        throw new ProblemException(new Problem("Comment not kept", $"The comment of {label.Name} was written {Tries} times and is not there: the host fails, or somebody takes it away. Look at its state page and run again; nothing else depends on it."));
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
