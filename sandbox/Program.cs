using DssPipeline.Sandbox;

return await SandboxProgram.RunAsync(args, Console.Out, Console.Error);
