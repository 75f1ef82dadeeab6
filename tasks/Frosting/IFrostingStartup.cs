using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting;

/// <summary>A host's registrations as a class of their own.</summary>
public interface IFrostingStartup
{
    void Configure(IServiceCollection services);
}
