using Verification.Gate.Commands;
using Verification.Gate.Progress;

Console.SetOut(Consoles.Enduring(Console.OpenStandardOutput()));
Console.SetError(Consoles.Enduring(Console.OpenStandardError()));
return await new CommandLine(Console.Out, Console.Error, TimeProvider.System).RunAsync(args);
