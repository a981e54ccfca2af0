using Verification.Gate;
using Verification.Gate.Commands;

return await new CommandLine(new GateParts(), Console.Out, Console.Error).RunAsync(args);
