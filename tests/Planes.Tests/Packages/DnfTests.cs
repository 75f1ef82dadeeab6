namespace DssPipeline.Planes.Tests;

/// <summary>Tests on a machine of their own whose real dnf takes packages from the repository of tiny ones.</summary>
public abstract class DnfTests(TinyRepository repository) : IClassFixture<TinyRepository>, IAsyncLifetime
{
    protected TinyRepository Tiny { get; } = repository;

    private protected DnfMachine Machine { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Machine = await DnfMachine.StartAsync();
        await Machine.UseAsync(Tiny, "signed");
    }

    public async ValueTask DisposeAsync()
    {
        await Machine.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
