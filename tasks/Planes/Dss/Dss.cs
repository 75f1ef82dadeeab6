using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using DssPipeline.Convergence;

namespace DssPipeline.Planes;

/// <summary>One DSS by its public API, for one run.</summary>
/// <remarks>Failures come out as <see cref="ProblemException"/>. Paths are what follows <c>/public/api/</c>, with or without a slash before them.</remarks>
public sealed partial class Dss : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, DssDocument> documents = new(StringComparer.Ordinal);
    private readonly DssOptions options;
    private readonly TimeProvider clock;
    private readonly DssProblems problems;
    private readonly DssSender sender;

    public Dss(DssOptions options, TimeProvider clock)
    {
        (this.options, this.clock) = (options, clock);
        problems = new DssProblems(options);
        sender = new DssSender(options, problems, clock);
    }

    /// <summary>What all DSS objects live in.</summary>
    public ResourceId Host => options.Host;

    /// <summary>Why nobody can ask DSS in this run, in words for people; null when somebody can. Then the tasks declare nothing inside it, and say why.</summary>
    public string? Missing => options.Missing;

    /// <summary>The version whose settings are written; null when none are.</summary>
    public DssVersion? Wished => options.Wished;

    public Redactor Redactor => options.Redactor;

    public TimeProvider Clock => clock;

    /// <summary>A DSS that nobody can ask.</summary>
    public static Dss Nowhere(ResourceId host, string why) => new(new() { Host = host, Missing = why, Address = new("http://localhost"), Key = _ => Task.FromResult<Secret?>(null) }, TimeProvider.System);

    /// <summary>A path of these segments, percent-encoded.</summary>
    /// <exception cref="ArgumentException">A segment would lead elsewhere.</exception>
    public static string Path(params IEnumerable<string> segments) => string.Join('/', segments.Select(Segment));

    /// <summary>A thing by its own path; null when it is not there, in whatever way DSS says so.</summary>
    public async Task<JsonNode?> GetAsync(string path, CancellationToken cancel)
    {
        var request = DssRequest.Get(path);
        var answer = await SendAsync(request, cancel);
        return DssAbsence.IsToldBy(answer, path) ? null : Read(answer, request);
    }

    /// <summary>The answer to a question: a test, the result of a run. Something missing is a failure of it like any other.</summary>
    public Task<JsonNode?> AnswerAsync(string path, CancellationToken cancel) => AskAsync(DssRequest.Get(path), cancel);

    /// <summary>The answer to a question about a thing, such as its status; null when the thing itself is not there, which it is asked for then.</summary>
    public async Task<JsonNode?> AnswerAsync(string thing, string question, CancellationToken cancel)
    {
        var request = DssRequest.Get($"{thing}/{question}");
        var answer = await SendAsync(request, cancel);
        return DssError.TellsOfMissing(answer) && await GetAsync(thing, cancel) is null ? null : Read(answer, request);
    }

    /// <summary>Puts the whole thing in its place.</summary>
    /// <returns>The answer; null when it is empty.</returns>
    public Task<JsonNode?> PutAsync(string path, JsonNode body, CancellationToken cancel) => AskAsync(DssRequest.Put(path, body), cancel);

    /// <summary>Asks for something to be made or done. It is not repeated when DSS may have begun: look what came of it.</summary>
    /// <returns>The answer; null when it is empty or plain text.</returns>
    public Task<JsonNode?> PostAsync(string path, JsonNode? body, CancellationToken cancel) => AskAsync(DssRequest.Post(path, body), cancel);

    /// <summary>Sends a file, in the field that DSS calls <c>file</c>.</summary>
    public Task<JsonNode?> UploadAsync(string path, string file, CancellationToken cancel)
    {
        return AskAsync(new DssRequest(HttpMethod.Post, path) { Content = Form, Persistence = DssPersistence.Careful }, cancel);

        HttpContent Form() => new MultipartFormDataContent { { new StreamContent(File.OpenRead(file)), "file", System.IO.Path.GetFileName(file) } };
    }

    /// <summary>Removes a thing; what is gone is gone. What DSS only calls missing while it removes something is looked for.</summary>
    public async Task DeleteAsync(string path, CancellationToken cancel)
    {
        var request = DssRequest.Delete(path);
        var answer = await SendAsync(request, cancel);
        if (!DssAbsence.IsToldBy(answer, path) || !await IsGoneAsync(path.Split('?')[0], cancel)) Read(answer, request);
    }

    /// <summary>A document that DSS replaces as a whole. There is one for each path, so that changes of it wait for each other and looks are shared.</summary>
    public DssDocument Document(string path, DssWriting writing = DssWriting.Put) => documents.GetOrAdd(path.Trim('/'), _ => new DssDocument(this, path, writing));

    /// <summary>Forgets everything seen, so that the next question goes to DSS.</summary>
    public void LookAnew()
    {
        (version, isUp) = (null, null);
        sender.LookAnew();
        foreach (var document in documents.Values) document.LookAnew();
    }

    public async ValueTask DisposeAsync()
    {
        sender.Dispose();
        if (options.Way is { } way) await way.DisposeAsync();
    }

    internal async Task<JsonNode?> AskAsync(DssRequest request, CancellationToken cancel) => Read(await SendAsync(request, cancel), request);

    internal async Task<DssAnswer> SendAsync(DssRequest request, CancellationToken cancel)
    {
        var answer = await sender.SendAsync(request, cancel);
        Hear(answer);
        return answer;
    }

    internal JsonNode? Read(DssAnswer answer, DssRequest request)
    {
        if (!answer.IsGood || answer.IsPage) throw problems.Tell(answer, request);
        if (answer.IsCut) throw problems.Tell(new RemoteError(0, "AnswerCut", "The answer ends before its end."), $"{request}");

        return answer.Json;
    }

    private async Task<bool> IsGoneAsync(string path, CancellationToken cancel) => DssAbsence.IsToldBy(await SendAsync(DssRequest.Get(path), cancel), path);

    private static string Segment(string text) =>
        text is "" or "." or ".." ? throw new ArgumentException($"\"{text}\" cannot be part of a path.", nameof(text)) : Uri.EscapeDataString(text);
}
