using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.IO;

namespace Cake.Frosting.Internal;

/// <summary>Cake's settings: those of the host below environment, <c>cake.config</c> and command line.</summary>
internal sealed class HostConfiguration(IEnumerable<CakeSetting> settings, ICakeArguments arguments, IFileSystem files, ICakeEnvironment environment)
    : ICakeConfiguration
{
    private readonly ICakeConfiguration all = new CakeConfigurationProvider(files, environment).CreateConfiguration(
        environment.WorkingDirectory,
        settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)),
        arguments.GetArguments().ToDictionary(argument => argument.Key, argument => argument.Value.FirstOrDefault() ?? "", StringComparer.OrdinalIgnoreCase));

    public string GetValue(string key) => all.GetValue(key);
}
