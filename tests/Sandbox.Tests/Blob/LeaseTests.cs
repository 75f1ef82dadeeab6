using System.Net;

namespace DssPipeline.Sandbox.Tests;

public sealed class LeaseTests
{
    private const string Mine = "11111111-0000-4000-8000-000000000000";
    private const string Yours = "22222222-0000-4000-8000-000000000000";

    private static readonly (string Name, string Value) Minute = ("x-ms-lease-duration", "60");

    [Fact]
    public async Task Only_one_holds_the_lease_and_the_holder_may_ask_again()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        var blobs = await WithLockAsync(sandbox);

        using var mine = await AcquireAsync(blobs, Mine);
        using var again = await AcquireAsync(blobs, Mine);
        using var yours = await AcquireAsync(blobs, Yours);
        using var head = await blobs.SendAsync(HttpMethod.Head, "state/lock");

        Assert.Equal(HttpStatusCode.Created, mine.StatusCode);
        Assert.Equal([Mine], mine.Headers.GetValues("x-ms-lease-id"));
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        BlobCaller.AssertRefused(HttpStatusCode.Conflict, "LeaseAlreadyPresent", yours);
        Assert.Equal(["leased"], head.Headers.GetValues("x-ms-lease-state"));
        Assert.Equal(["fixed"], head.Headers.GetValues("x-ms-lease-duration"));
    }

    [Fact]
    public async Task Of_many_who_ask_at_once_one_gets_it()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        var blobs = await WithLockAsync(sandbox);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => blobs.LeaseAsync("acquire", Minute)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_lease_that_is_not_renewed_ends_and_another_may_take_it()
    {
        var clock = new ManualClock();
        await using var sandbox = await SandboxClient.StartAsync(options => options with { Clock = clock });
        var blobs = await WithLockAsync(sandbox);
        await AcquireAsync(blobs, Mine);

        clock.Advance(TimeSpan.FromSeconds(59));
        using var renewed = await blobs.LeaseAsync("renew", ("x-ms-lease-id", Mine));
        clock.Advance(TimeSpan.FromSeconds(59));
        using var tooEarly = await AcquireAsync(blobs, Yours);
        clock.Advance(TimeSpan.FromSeconds(1));
        using var taken = await AcquireAsync(blobs, Yours);
        using var lost = await blobs.LeaseAsync("renew", ("x-ms-lease-id", Mine));

        Assert.Equal(HttpStatusCode.OK, renewed.StatusCode);
        BlobCaller.AssertRefused(HttpStatusCode.Conflict, "LeaseAlreadyPresent", tooEarly);
        Assert.Equal(HttpStatusCode.Created, taken.StatusCode);
        BlobCaller.AssertRefused(HttpStatusCode.Conflict, "LeaseIdMismatchWithLeaseOperation", lost);
    }

    [Fact]
    public async Task A_leased_blob_is_written_only_with_its_lease()
    {
        var clock = new ManualClock();
        await using var sandbox = await SandboxClient.StartAsync(options => options with { Clock = clock });
        var blobs = await WithLockAsync(sandbox);
        await AcquireAsync(blobs, Mine);

        using var none = await blobs.PutAsync("state/lock", "x");
        using var wrong = await blobs.PutAsync("state/lock", "x", ("x-ms-lease-id", Yours));
        using var right = await blobs.PutAsync("state/lock", "x", ("x-ms-lease-id", Mine));
        using var read = await blobs.SendAsync(HttpMethod.Get, "state/lock");
        clock.Advance(TimeSpan.FromMinutes(2));
        using var late = await blobs.PutAsync("state/lock", "x", ("x-ms-lease-id", Mine));

        BlobCaller.AssertRefused(HttpStatusCode.PreconditionFailed, "LeaseIdMissing", none);
        BlobCaller.AssertRefused(HttpStatusCode.PreconditionFailed, "LeaseIdMismatchWithBlobOperation", wrong);
        Assert.Equal(HttpStatusCode.Created, right.StatusCode);
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        BlobCaller.AssertRefused(HttpStatusCode.PreconditionFailed, "LeaseLost", late);
    }

    [Fact]
    public async Task A_released_lease_is_free_at_once()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        var blobs = await WithLockAsync(sandbox);
        await AcquireAsync(blobs, Mine);

        using var notMine = await blobs.LeaseAsync("release", ("x-ms-lease-id", Yours));
        using var released = await blobs.LeaseAsync("release", ("x-ms-lease-id", Mine));
        using var again = await blobs.LeaseAsync("release", ("x-ms-lease-id", Mine));
        using var yours = await AcquireAsync(blobs, Yours);

        BlobCaller.AssertRefused(HttpStatusCode.Conflict, "LeaseIdMismatchWithLeaseOperation", notMine);
        Assert.Equal(HttpStatusCode.OK, released.StatusCode);
        BlobCaller.AssertRefused(HttpStatusCode.Conflict, "LeaseIdMismatchWithLeaseOperation", again);
        Assert.Equal(HttpStatusCode.Created, yours.StatusCode);
    }

    [Fact]
    public async Task A_changed_lease_answers_to_its_new_id()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        var blobs = await WithLockAsync(sandbox);
        await AcquireAsync(blobs, Mine);

        using var changed = await blobs.LeaseAsync("change", ("x-ms-lease-id", Mine), ("x-ms-proposed-lease-id", Yours));
        using var renewed = await blobs.LeaseAsync("renew", ("x-ms-lease-id", Yours));

        Assert.Equal([Yours], changed.Headers.GetValues("x-ms-lease-id"));
        Assert.Equal(HttpStatusCode.OK, renewed.StatusCode);
    }

    [Fact]
    public async Task A_broken_lease_runs_out_and_is_not_renewed()
    {
        var clock = new ManualClock();
        await using var sandbox = await SandboxClient.StartAsync(options => options with { Clock = clock });
        var blobs = await WithLockAsync(sandbox);
        await AcquireAsync(blobs, Mine);

        using var breaking = await blobs.LeaseAsync("break", ("x-ms-lease-break-period", "10"));
        using var reacquired = await AcquireAsync(blobs, Mine);
        using var yours = await AcquireAsync(blobs, Yours);
        clock.Advance(TimeSpan.FromSeconds(10));
        using var renewed = await blobs.LeaseAsync("renew", ("x-ms-lease-id", Mine));
        using var taken = await AcquireAsync(blobs, Yours);

        Assert.Equal(HttpStatusCode.Accepted, breaking.StatusCode);
        Assert.Equal(["10"], breaking.Headers.GetValues("x-ms-lease-time"));
        BlobCaller.AssertRefused(HttpStatusCode.Conflict, "LeaseIsBreakingAndCannotBeAcquired", reacquired);
        BlobCaller.AssertRefused(HttpStatusCode.Conflict, "LeaseAlreadyPresent", yours);
        BlobCaller.AssertRefused(HttpStatusCode.Conflict, "LeaseIsBrokenAndCannotBeRenewed", renewed);
        Assert.Equal(HttpStatusCode.Created, taken.StatusCode);
    }

    [Fact]
    public async Task An_infinite_lease_lasts_and_breaks_at_once()
    {
        var clock = new ManualClock();
        await using var sandbox = await SandboxClient.StartAsync(options => options with { Clock = clock });
        var blobs = await WithLockAsync(sandbox);
        await blobs.LeaseAsync("acquire", ("x-ms-lease-duration", "-1"), ("x-ms-proposed-lease-id", Mine));

        clock.Advance(TimeSpan.FromMinutes(50));
        using var held = await AcquireAsync(blobs, Yours);
        using var broken = await blobs.LeaseAsync("break");
        using var taken = await AcquireAsync(blobs, Yours);

        BlobCaller.AssertRefused(HttpStatusCode.Conflict, "LeaseAlreadyPresent", held);
        Assert.Equal(["0"], broken.Headers.GetValues("x-ms-lease-time"));
        Assert.Equal(HttpStatusCode.Created, taken.StatusCode);
    }

    [Theory]
    [InlineData("acquire", "x-ms-lease-duration", "14", HttpStatusCode.BadRequest, "InvalidHeaderValue")]
    [InlineData("acquire", "x-ms-lease-duration", "61", HttpStatusCode.BadRequest, "InvalidHeaderValue")]
    [InlineData("acquire", "x-ms-lease-duration", "soon", HttpStatusCode.BadRequest, "InvalidHeaderValue")]
    [InlineData("acquire", "x-ms-other", "1", HttpStatusCode.BadRequest, "MissingRequiredHeader")]
    [InlineData("renew", "x-ms-other", "1", HttpStatusCode.BadRequest, "MissingRequiredHeader")]
    [InlineData("renew", "x-ms-lease-id", "me", HttpStatusCode.BadRequest, "InvalidHeaderValue")]
    [InlineData("renew", "x-ms-lease-id", Mine, HttpStatusCode.Conflict, "LeaseIdMismatchWithLeaseOperation")]
    [InlineData("break", "x-ms-other", "1", HttpStatusCode.Conflict, "LeaseNotPresentWithLeaseOperation")]
    [InlineData("break", "x-ms-lease-break-period", "61", HttpStatusCode.BadRequest, "InvalidHeaderValue")]
    [InlineData("borrow", "x-ms-other", "1", HttpStatusCode.BadRequest, "InvalidHeaderValue")]
    public async Task A_wrong_request_on_a_free_blob_is_refused(string action, string header, string value, HttpStatusCode status, string code)
    {
        await using var sandbox = await SandboxClient.StartAsync();
        var blobs = await WithLockAsync(sandbox);

        using var answer = await blobs.LeaseAsync(action, (header, value));

        BlobCaller.AssertRefused(status, code, answer);
    }

    [Fact]
    public async Task There_is_no_lease_without_a_blob()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        var blobs = await BlobCaller.WithContainerAsync(sandbox);

        using var answer = await AcquireAsync(blobs, Mine);

        BlobCaller.AssertRefused(HttpStatusCode.NotFound, "BlobNotFound", answer);
    }

    private static Task<HttpResponseMessage> AcquireAsync(BlobCaller blobs, string id) =>
        blobs.LeaseAsync("acquire", Minute, ("x-ms-proposed-lease-id", id));

    private static async Task<BlobCaller> WithLockAsync(SandboxClient sandbox)
    {
        var blobs = await BlobCaller.WithContainerAsync(sandbox);
        await blobs.PutAsync("state/lock", "");
        return blobs;
    }
}
