using Cake.Core;

namespace Cake.Frosting;

/// <summary>What happens before each task.</summary>
public interface IFrostingTaskSetup
{
    void Setup(ICakeContext context, ITaskSetupContext info);
}
