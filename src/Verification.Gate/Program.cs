using Verification.Gate.Commands;
using Verification.Gate.Progress;

Console.SetOut(Consoles.Enduring(Console.OpenStandardOutput()));
Console.SetError(Consoles.Enduring(Console.OpenStandardError()));
var commandLine = new CommandLine(Console.Out, Console.Error, TimeProvider.System);
AppDomain.CurrentDomain.UnhandledException += (_, unhandled) => Environment.Exit(commandLine.Abandon((Exception)unhandled.ExceptionObject));
return await commandLine.RunAsync(args);
