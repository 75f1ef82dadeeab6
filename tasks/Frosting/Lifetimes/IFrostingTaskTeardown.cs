using Cake.Core;

namespace Cake.Frosting;

/// <summary>What happens after each task, also when it failed.</summary>
public interface IFrostingTaskTeardown
{
    void Teardown(ICakeContext context, ITaskTeardownContext info);
}
