using DssPipeline.Convergence;

namespace DssPipeline.Planes.Tests;

/// <summary>Repositories and the trust in them, through the real dnf, rpm and gpg.</summary>
public sealed class RepositoryTests(TinyRepository repository) : IClassFixture<TinyRepository>, IAsyncLifetime
{
    private DnfMachine machine = null!;

    public async ValueTask InitializeAsync() => machine = await DnfMachine.StartAsync();

    public ValueTask DisposeAsync() => machine.DisposeAsync();

    [Fact]
    public async Task What_is_absent_is_made_with_a_trusted_key_and_the_second_look_is_the_same()
    {
        var wish = machine.Repository(DnfMachine.Values(repository, "signed"));

        var before = await wish.LookAsync();
        await wish.MakeAsync();
        var (after, again) = (await wish.LookAsync(), await wish.LookAsync());

        Assert.Null(before);
        Assert.Equal($$"""{"name":"Tiny","baseurl":"{{repository.Of("signed")}}","enabled":"1","gpgcheck":"1","gpgkey":"file:///etc/pki/rpm-gpg/RPM-GPG-KEY-tiny","key":"trusted"}""", after!.ToJsonString());
        Assert.Equal(after.ToJsonString(), again!.ToJsonString());
    }

    [Fact]
    public async Task A_key_of_somebody_else_is_refused_and_nothing_is_left()
    {
        var wish = machine.Repository(new() { { "id", "tiny" }, { "name", "Tiny" }, { "baseurl", repository.Of("signed") }, { "key", repository.Key }, { "fingerprint", new string('0', 40) } });

        var failure = await Assert.ThrowsAsync<ProblemException>(() => wish.MakeAsync());

        Assert.Contains($"has the fingerprint {repository.Fingerprint}", failure.Problems[0].Detail, StringComparison.Ordinal);
        Assert.Equal("", await machine.DoAsync("ls -A /etc/yum.repos.d; rpm -qa; ls -A /etc/pki/rpm-gpg 2>/dev/null || true"));
    }

    [Fact]
    public async Task What_is_no_key_is_told()
    {
        var wish = machine.Repository(new() { { "id", "tiny" }, { "name", "Tiny" }, { "baseurl", repository.Of("signed") }, { "key", "file:///etc/os-release" }, { "fingerprint", repository.Fingerprint } });

        var failure = await Assert.ThrowsAsync<ProblemException>(() => wish.MakeAsync());

        Assert.Contains("is no key", failure.Problems[0].Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sed -i s/gpgcheck=1/gpgcheck=0/ /etc/yum.repos.d/tiny.repo", "\"gpgcheck\":\"0\"")]
    [InlineData("sed -i s/enabled=1/enabled=0/ /etc/yum.repos.d/tiny.repo", "\"enabled\":\"0\"")]
    [InlineData("rpm -e --allmatches gpg-pubkey", "\"key\":\"absent\"")]
    [InlineData("rm /etc/pki/rpm-gpg/RPM-GPG-KEY-tiny", "\"key\":\"absent\"")]
    public async Task What_somebody_changed_is_seen_and_repaired(string deed, string expected)
    {
        var wish = machine.Repository(DnfMachine.Values(repository, "signed"));
        await wish.MakeAsync();
        var good = await wish.LookAsync();

        await machine.DoAsync(deed);
        var bent = await wish.LookAsync();
        await wish.MakeAsync();

        Assert.Contains(expected, bent!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(good!.ToJsonString(), (await wish.LookAsync())!.ToJsonString());
    }

    [Fact]
    public async Task What_is_not_signed_by_the_known_key_is_not_installed()
    {
        await machine.UseAsync(repository, "unsigned");
        var packages = machine.Packages(new() { { "install", "plain" } });

        var failure = await Assert.ThrowsAsync<ProblemException>(() => packages.MakeAsync());

        Assert.Contains("GPG check FAILED", failure.Problems[0].Detail, StringComparison.Ordinal);
        Assert.Equal("absent", DnfMachine.Version(await packages.LookAsync(), "plain"));
    }

    [Theory]
    [InlineData("Tiny\ngpgcheck=0")]
    [InlineData("Tiny\r\nexclude=*")]
    public async Task A_value_of_two_lines_cannot_bring_a_setting_of_its_own(string title)
    {
        var wish = machine.Repository(new() { { "id", "tiny" }, { "name", title }, { "baseurl", repository.Of("signed") }, { "key", repository.Key }, { "fingerprint", repository.Fingerprint } });

        await Assert.ThrowsAsync<ProblemException>(() => wish.MakeAsync());

        Assert.Null(await wish.LookAsync());
    }
}
