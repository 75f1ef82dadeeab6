using DssPipeline.Convergence;

namespace DssPipeline.Chapters;

/// <summary>The comments of one pull request, wherever it is kept.</summary>
public abstract class Conversation
{
    /// <summary>How many characters its host lets a comment have.</summary>
    public abstract int Longest { get; }

    /// <summary>The page of this run, where the whole plan can be read; null when nobody knows it.</summary>
    public abstract Uri? RunPage { get; }

    /// <summary>Comments that may be ours, page after page: those of this pipeline, and of people who may write here anyway. A stranger cannot make us take his comment for ours.</summary>
    /// <exception cref="ProblemException">The host does not let this run read.</exception>
    public abstract IAsyncEnumerable<Comment> ListAsync(CancellationToken cancel);

    /// <returns>False when nobody knows whether it was made: the host failed, or the answer was lost.</returns>
    /// <exception cref="ProblemException">The host does not let this run write: a fork, a locked conversation.</exception>
    public abstract Task<bool> CreateAsync(string text, CancellationToken cancel);

    /// <returns>False when the comment was deleted meanwhile.</returns>
    /// <exception cref="ProblemException">The host does not let this run write.</exception>
    public abstract Task<bool> UpdateAsync(Comment comment, string text, CancellationToken cancel);
}
