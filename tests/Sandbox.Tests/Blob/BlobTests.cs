using System.Net;
using System.Text;

namespace DssPipeline.Sandbox.Tests;

public sealed class BlobTests
{
    [Fact]
    public async Task A_container_is_made_once()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        var blobs = await BlobCaller.OpenAsync(sandbox);

        using var made = await blobs.SendAsync(HttpMethod.Put, "state?restype=container");
        using var again = await blobs.SendAsync(HttpMethod.Put, "state?restype=container");
        using var found = await blobs.SendAsync(HttpMethod.Get, "state?restype=container");
        using var missing = await blobs.SendAsync(HttpMethod.Get, "other?restype=container");

        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        BlobCaller.AssertRefused(HttpStatusCode.Conflict, "ContainerAlreadyExists", again);
        Assert.Equal(HttpStatusCode.OK, found.StatusCode);
        BlobCaller.AssertRefused(HttpStatusCode.NotFound, "ContainerNotFound", missing);
    }

    [Fact]
    public async Task A_blob_is_read_back_with_its_bytes_type_and_metadata()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        var blobs = await BlobCaller.WithContainerAsync(sandbox);

        using var put = await blobs.PutAsync("state/runs/lock one", "held", ("x-ms-meta-holder", "run 7"), ("x-ms-blob-content-type", "text/x-lock"));
        using var read = await blobs.SendAsync(HttpMethod.Get, "state/runs/lock one");
        using var head = await blobs.SendAsync(HttpMethod.Head, "state/runs/lock one");
        using var list = await blobs.SendAsync(HttpMethod.Get, "state?restype=container&comp=list&prefix=runs/");

        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
        Assert.Equal("held", await read.Content.ReadAsStringAsync());
        Assert.Equal("text/x-lock", read.Content.Headers.ContentType!.ToString());
        Assert.Equal(["run 7"], head.Headers.GetValues("x-ms-meta-holder"));
        Assert.Equal(4, head.Content.Headers.ContentLength);
        Assert.Equal(put.Headers.ETag, head.Headers.ETag);
        Assert.Contains("<Name>runs/lock one</Name>", await list.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_blob_that_must_be_new_is_refused_when_it_is_not()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        var blobs = await BlobCaller.WithContainerAsync(sandbox);

        using var first = await blobs.PutAsync("state/lock", "", ("If-None-Match", "*"));
        using var second = await blobs.PutAsync("state/lock", "", ("If-None-Match", "*"));

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        BlobCaller.AssertRefused(HttpStatusCode.Conflict, "BlobAlreadyExists", second);
    }

    [Fact]
    public async Task A_write_on_a_changed_blob_is_refused()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        var blobs = await BlobCaller.WithContainerAsync(sandbox);
        using var first = await blobs.PutAsync("state/doc", "1");
        var etag = first.Headers.ETag!.ToString();

        using var second = await blobs.PutAsync("state/doc", "2", ("If-Match", etag));
        using var third = await blobs.PutAsync("state/doc", "3", ("If-Match", etag));

        Assert.Equal(HttpStatusCode.Created, second.StatusCode);
        BlobCaller.AssertRefused(HttpStatusCode.PreconditionFailed, "ConditionNotMet", third);
    }

    [Fact]
    public async Task Metadata_alone_can_be_replaced()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        var blobs = await BlobCaller.WithContainerAsync(sandbox);
        await blobs.PutAsync("state/lock", "held", ("x-ms-meta-old", "1"));

        using var set = await blobs.SendAsync(HttpMethod.Put, "state/lock?comp=metadata", ("x-ms-meta-new", "2"));
        using var read = await blobs.SendAsync(HttpMethod.Get, "state/lock");

        Assert.Equal(HttpStatusCode.OK, set.StatusCode);
        Assert.Equal(["2"], read.Headers.GetValues("x-ms-meta-new"));
        Assert.False(read.Headers.Contains("x-ms-meta-old"));
        Assert.Equal("held", await read.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_deleted_blob_is_gone()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        var blobs = await BlobCaller.WithContainerAsync(sandbox);
        await blobs.PutAsync("state/lock", "held");

        using var deleted = await blobs.SendAsync(HttpMethod.Delete, "state/lock");
        using var read = await blobs.SendAsync(HttpMethod.Get, "state/lock");

        Assert.Equal(HttpStatusCode.Accepted, deleted.StatusCode);
        BlobCaller.AssertRefused(HttpStatusCode.NotFound, "BlobNotFound", read);
    }

    [Fact]
    public async Task An_account_answers_under_its_real_name()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        var blobs = await BlobCaller.WithContainerAsync(sandbox);
        await blobs.PutAsync("state/lock", "held");
        var token = await sandbox.TokenAsync(SandboxClient.Storage);

        using var read = await sandbox.SendAsync(HttpMethod.Get, "https://stone.blob.core.windows.net/state/lock", token);

        Assert.Equal("held", Encoding.UTF8.GetString(await read.Content.ReadAsByteArrayAsync()));
    }
}
