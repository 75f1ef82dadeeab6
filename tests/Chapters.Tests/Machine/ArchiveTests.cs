using System.Security.Cryptography;
using DssPipeline.Convergence;

namespace DssPipeline.Chapters.Tests;

/// <summary>Real curl against a server that cuts, changes and lies.</summary>
public sealed class ArchiveTests : IAsyncLifetime
{
    private readonly LastingMachine machine = new();
    private readonly RangeServer server = new() { Content = RandomNumberGenerator.GetBytes(300_000) };

    private string Sum => Convert.ToHexStringLower(SHA256.HashData(server.Content));

    private Archive Kit => new(machine.Machine, "/mnt/kit.tgz", server.Url) { Sha256 = Sum };

    private Archive Unsummed => new(machine.Machine, "/mnt/kit.tgz", server.Url);

    private string There => machine.Run("sha256sum </mnt/kit.tgz")[..64];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        server.Dispose();
        await machine.DisposeAsync();
    }

    [Fact]
    public async Task A_transfer_that_is_cut_goes_on_where_it_ended()
    {
        server.Cuts.Enqueue(100_000);
        server.Cuts.Enqueue(50_000);

        var made = await Kit.MakeAsync();

        Assert.Equal((Verb.Keep, Sum), (made.Verb, There));
        Assert.Equal(["HEAD 0", "GET 0", "GET 100000", "GET 150000"], server.Asked);
        Assert.Equal("kit.tgz kit.tgz.checked", machine.Run("echo $(ls /mnt)"));
    }

    [Fact]
    public async Task Two_files_are_never_glued_together()
    {
        machine.Run("head -c 1000 /dev/urandom >/mnt/kit.tgz.part; printf 'HTTP/1.1 200 OK\\r\\nETag: \"zero\"\\r\\n\\r\\n' >/mnt/kit.tgz.part.head");

        await Unsummed.MakeAsync();

        Assert.Equal((Sum, "GET 0"), (There, server.Asked[^1]));
    }

    [Fact]
    public async Task What_is_checked_is_not_read_again_until_it_changes()
    {
        await Unsummed.MakeAsync();
        server.Asked.Clear();
        var kept = await Unsummed.LookAsync();
        machine.Run("touch -d '2020-01-01' /mnt/kit.tgz");
        var touched = await Kit.LookAsync();
        var again = await Kit.MakeAsync();

        Assert.Equal((Verb.Keep, Verb.Update, Verb.Keep), (kept.Verb, touched.Verb, again.Verb));
        Assert.Empty(server.Asked);
    }

    [Fact]
    public async Task A_wrong_checksum_is_told_with_both_and_nothing_stays()
    {
        var wrong = new string('0', 64);

        var problem = await new Archive(machine.Machine, "/mnt/kit.tgz", server.Url) { Sha256 = wrong }.ProblemAsync();

        Assert.Contains(Sum, problem.Detail, StringComparison.Ordinal);
        Assert.Contains(wrong, problem.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("pass", problem.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("sig=", problem.Detail, StringComparison.Ordinal);
        Assert.Equal("", machine.Run("ls /mnt"));
    }

    [Fact]
    public async Task A_server_that_is_busy_is_asked_again_and_one_without_the_file_is_not()
    {
        server.Failures.Enqueue("503 Service Unavailable");
        var made = await Kit.MakeAsync();
        machine.Run("rm /mnt/*");
        server.Failures.Enqueue("404 Not Found");
        var problem = await Kit.ProblemAsync();

        Assert.Equal(Verb.Keep, made.Verb);
        Assert.Contains("404", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_is_told_with_needed_and_free_bytes_before_anything_is_written()
    {
        machine.Run("mount -o remount,size=200k /mnt");

        var problem = await Kit.ProblemAsync();

        Assert.Contains("300000 bytes more are needed, and 204800 are free", problem.Detail, StringComparison.Ordinal);
        Assert.Equal("", machine.Run("ls /mnt"));
    }

    [Fact]
    public async Task An_archive_that_was_used_up_need_not_be_there()
    {
        machine.Run("touch /opt/dss-version.json");

        var used = await new Archive(machine.Machine, "/mnt/kit.tgz", server.Url) { Sha256 = Sum, Unless = "/opt/dss-version.json" }.LookAsync();

        Assert.Equal(Verb.Keep, used.Verb);
        Assert.Empty(server.Asked);
    }
}
