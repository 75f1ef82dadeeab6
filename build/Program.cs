using System.Globalization;
using DssPipeline.Build;
using Spectre.Console.Cli;

// What this program is, in order: RunSettings (what may be said), Teaching (--help), RunCommand (manifest, sandbox, sign-in),
// then Cake takes over: tasks/Chapters holds the tasks, tasks/Chapters/Run what they share.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;

using var ending = new Ending();
var app = new CommandApp<RunCommand>();
app.Configure(Teaching.Configure);
return await app.RunAsync(args, ending.Token);
