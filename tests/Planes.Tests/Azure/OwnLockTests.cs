using DssPipeline.Convergence;

namespace DssPipeline.Planes.Tests;

/// <summary>The lock of the deployment itself gives way to a removal; locks of others do not.</summary>
public sealed class OwnLockTests
{
    private const string Id = ArmSetup.Group + "/providers/Microsoft.Network/virtualNetworks/v1";
    private const string Locks = ArmSetup.Group + "/providers/Microsoft.Authorization/locks";
    private const string Ours = Locks + "/lock-prod";
    private const string Complaint = $"The scope '{Id}' cannot perform delete operation because following scope(s) are locked: '{ArmSetup.Group}'. Please remove the lock and try again.";

    private readonly SkippingClock clock = new();

    [Fact]
    public async Task Our_own_lock_is_lifted_for_a_removal_and_waited_for()
    {
        await using var remote = await Remote.StartAsync();
        remote.On("DELETE", Id, Reply.Error(409, "ScopeLocked", Complaint), Reply.Error(409, "ScopeLocked", Complaint), new(204))
            .On("GET", Ours, new Reply(200, "{}"), new(404))
            .On("GET", Locks, new Reply(200, $$"""{"value":[{"id":"{{Ours}}"}]}"""))
            .On("DELETE", Ours, new Reply(200));

        await Arm(remote).DeleteAsync(Id, ArmSetup.Version, default);

        Assert.Equal([10], clock.Seconds);
    }

    [Fact]
    public async Task A_lock_of_ours_that_may_not_be_lifted_is_told_by_its_key()
    {
        await using var remote = await Remote.StartAsync();
        remote.On("DELETE", Id, Reply.Error(409, "ScopeLocked", Complaint))
            .On("GET", Ours, new Reply(200, "{}"))
            .On("GET", Locks, new Reply(200, $$"""{"value":[{"id":"{{Ours}}"}]}"""))
            .On("DELETE", Ours, Reply.Error(403, "AuthorizationFailed", "The client 'c' does not have authorization."));

        var failure = await Assert.ThrowsAsync<ProblemException>(() => Arm(remote).DeleteAsync(Id, ArmSetup.Version, default));

        Assert.Equal("Locked", failure.Problems[0].Summary);
        Assert.Contains("policy.deleteLock", failure.Problems[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lock_of_others_is_named_and_ours_is_left_on()
    {
        await using var remote = await Remote.StartAsync();
        remote.On("DELETE", Id, Reply.Error(409, "ScopeLocked", Complaint))
            .On("GET", Ours, new Reply(200, "{}"))
            .On("GET", Locks, new Reply(200, $$"""{"value":[{"id":"{{Ours}}"},{"id":"{{Locks}}/theirs"}]}"""));

        var failure = await Assert.ThrowsAsync<ProblemException>(() => Arm(remote).DeleteAsync(Id, ArmSetup.Version, default));

        Assert.Contains($"{Locks}/theirs", failure.Problems[0].Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(remote.Asked, asked => asked.Method == "DELETE" && asked.Target.Contains("/locks/", StringComparison.Ordinal));
    }

    private Arm Arm(Remote remote) => new(ArmSetup.Options(remote) with { OwnLock = Ours }, new ArmSetup.Token(clock), clock);
}
