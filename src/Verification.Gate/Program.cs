using Verification.Gate.Commands;

return await new CommandLine(Console.Out, Console.Error, TimeProvider.System).RunAsync(args);
