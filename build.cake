// `dotnet cake` for those who have the habit. The tasks live in the Frosting host, so the host gets every argument as it stands
// (--target, --dryrun, --tree and --description included), and its exit code comes back.
using System.Diagnostics;

var arguments = Environment.GetCommandLineArgs().Skip(1).SkipWhile(argument => !argument.StartsWith('-'));

// Ctrl-C reaches the host as well; it finishes its write in flight and releases its lock, so wait for it.
Console.CancelKeyPress += (_, pressed) => pressed.Cancel = true;

var host = Process.Start("dotnet", ["run", "--project", "build", "--", .. arguments]);
host.WaitForExit();
Environment.Exit(host.ExitCode);
