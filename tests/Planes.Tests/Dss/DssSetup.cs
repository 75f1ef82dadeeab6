using DssPipeline.Convergence;

namespace DssPipeline.Planes.Tests;

/// <summary>A DSS plane that asks the remote of a test, which has nothing to do with time.</summary>
internal sealed class DssSetup : IAsyncDisposable
{
    public const string Api = "/public/api/";

    public static readonly Secret Key = new("key-of-the-deployment-1234");

    private DssSetup(Remote remote, Dss dss, SkippingClock clock, List<Wait> waits) => (Remote, Dss, Clock, Waits) = (remote, dss, clock, waits);

    public Remote Remote { get; }

    public Dss Dss { get; }

    public SkippingClock Clock { get; }

    public List<Wait> Waits { get; }

    public static async Task<DssSetup> StartAsync(Func<DssOptions, DssOptions>? with = null)
    {
        var (remote, clock, waits) = (await Remote.StartAsync(), new SkippingClock(), new List<Wait>());
        var options = new DssOptions
        {
            Host = new("dss", "instance", "demo"),
            Address = remote.Uri,
            Key = _ => Task.FromResult<Secret?>(Key),
            Trust = new() { CaFile = Certificates.CaFile },
            Waiting = new Heard<Wait>(waits.Add),
        };
        return new(remote, new Dss(with?.Invoke(options) ?? options, clock), clock, waits);
    }

    public static Reply Error(int status, string type, string message) =>
        new(status, Json.Of(new { errorType = type, message }).ToJsonString());

    public static Reply Page(int status, string title) => new(status, $"<html><head><title>{title}</title></head></html>") { ContentType = "text/html" };

    public static async Task<Problem> ProblemOf(Func<Task> failing) => (await Assert.ThrowsAsync<ProblemException>(failing)).Problems.Single();

    public async ValueTask DisposeAsync()
    {
        await Dss.DisposeAsync();
        await Remote.DisposeAsync();
    }

    private sealed class Heard<T>(Action<T> hear) : IProgress<T>
    {
        public void Report(T value) => hear(value);
    }
}
