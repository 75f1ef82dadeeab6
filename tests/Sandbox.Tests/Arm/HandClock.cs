namespace Sandbox.Tests.Arm;

/// <summary>A clock that moves when a test says so.</summary>
internal sealed class HandClock : TimeProvider
{
    private DateTimeOffset now = new(2026, 5, 2, 8, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => now;

    public void Move(TimeSpan by) => now += by;
}
