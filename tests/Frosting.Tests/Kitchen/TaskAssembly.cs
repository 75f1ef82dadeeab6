using System.Reflection;

namespace Frosting.Tests;

/// <summary>An assembly that exports just the given types, so that each test has tasks of its own.</summary>
internal sealed class TaskAssembly(params Type[] exported) : Assembly
{
    public override Type[] GetExportedTypes() => exported;
}
