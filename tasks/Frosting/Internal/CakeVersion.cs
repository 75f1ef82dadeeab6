using System.Reflection;
using Cake.Cli;
using Cake.Core;

namespace Cake.Frosting.Internal;

/// <summary>The version of Cake's engine; Cake's own resolver asks the running program, which is not Cake here.</summary>
internal sealed class CakeVersion : IVersionResolver
{
    private static readonly string Full = typeof(ICakeEngine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    public string GetVersion() => Full.Split('+')[0];

    public string GetProductVersion() => Full;
}
